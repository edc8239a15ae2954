import type { ComponentChildren } from 'preact';
import { ButtonLink } from '#console/ui/parts';
import { type View, view } from '#functions/console/web/page';
import type { Refusal } from '#shared/adapters/openid-provider';

/** Pages around a sign-in: each says what has happened and what to do next. */

export function signInAddress(returnTo: string, isFresh = false): string {
  const query = new URLSearchParams({
    ...(returnTo === '/console' ? {} : { returnTo }),
    ...(isFresh ? { fresh: '1' } : {}),
  });
  return `/console/sign-in${query.size > 0 ? `?${query}` : ''}`;
}

function pageOf(status: number, title: string, said: readonly string[], way: ComponentChildren): View {
  return view({
    status,
    title,
    body: (
      <>
        {said.map((text) => (
          <p key={text}>{text}</p>
        ))}
        {way}
      </>
    ),
  });
}

const go = (href: string, label: string): ComponentChildren => (
  <ButtonLink href={href} primary>
    {label}
  </ButtonLink>
);

export function signedOutPage(): View {
  return pageOf(
    200,
    'You are signed out',
    ['Nobody can go on from here without signing in again. On a computer that others use, close the browser too.'],
    go('/console/sign-in', 'Sign in again'),
  );
}

/** After this installation's session has ended, on the way to the provider, where the other one ends. */
export function signingOutPage(providerUrl: string): View {
  return pageOf(
    200,
    'Signing you out',
    ['You are signed out here. One step is left at the sign-in service.'],
    go(providerUrl, 'Go on'),
  );
}

/** A sign-in that did not begin in this browser, was used before, or took too long. */
export function unknownSignInPage(): View {
  return pageOf(
    400,
    'This sign-in cannot be finished',
    [
      'It was used already, it began in another browser, or it took more than a quarter of an hour.',
      'Nothing is lost. Sign in once more; if this page comes back, allow cookies for this site.',
    ],
    go('/console/sign-in', 'Sign in'),
  );
}

const REFUSED: Readonly<Record<Refusal, readonly [status: number, title: string, said: readonly string[]]>> = {
  declined: [400, 'You did not sign in', ['The sign-in was cancelled. Nothing has changed.']],
  not_valid: [
    400,
    'This sign-in was not accepted',
    [
      'What the sign-in service sent back was used before, has expired, or is not meant for this sign-in.',
      'Sign in once more. If it happens again, tell whoever runs your partner programme.',
    ],
  ],
  unavailable: [
    503,
    'The sign-in service does not answer',
    ['This is not about you or your password. Wait a minute and try again.'],
  ],
};

export function refusedSignInPage(refusal: Refusal, returnTo: string, isFresh: boolean): View {
  const [status, title, said] = REFUSED[refusal];
  return pageOf(status, title, said, go(signInAddress(returnTo, isFresh), 'Try again'));
}

export function notFreshPage(returnTo: string): View {
  return pageOf(
    403,
    'Please prove again that it is you',
    [
      'What you are about to do asks for a sign-in of now, but the sign-in service let you through without asking.',
      'Sign out, sign in again, and then repeat it. Nothing has changed so far.',
    ],
    go(signInAddress(returnTo, true), 'Try again'),
  );
}

export function refusedSignOutPage(): View {
  return pageOf(
    403,
    'You are not signed out',
    [
      'This request to sign out did not come from a page of the console that is open here, so nothing was done.',
      'Open the console and use “Sign out” there.',
    ],
    go('/console', 'Open the console'),
  );
}

export function troublePage(status: number): View {
  return pageOf(
    status,
    'Something failed on our side',
    [
      'Nothing is wrong with what you did. Wait a minute and try again.',
      'If it fails again, tell whoever runs your partner programme the time.',
    ],
    go('/console', 'Try again'),
  );
}
