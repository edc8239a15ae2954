import { escapeHtml, PAGE_HEADERS, page } from '#functions/runtime/page';
import type { Refusal } from '#shared/adapters/openid-provider';

export type SignInPage = { readonly html: string; readonly headers: Readonly<Record<string, string>> };

function signInPage(title: string, said: readonly string[], way: string): SignInPage {
  const text = said.map((one) => `<p>${escapeHtml(one)}</p>`).join('');
  return { html: page(`${title} · Tallystick`, `<h1>${escapeHtml(title)}</h1>${text}${way}`), headers: PAGE_HEADERS };
}

function link(address: string, label: string): string {
  return `<p><a class="go" href="${escapeHtml(address)}">${escapeHtml(label)}</a></p>`;
}

export function signInAddress(returnTo: string, isFresh = false): string {
  const query = new URLSearchParams({
    ...(returnTo === '/console' ? {} : { returnTo }),
    ...(isFresh ? { fresh: '1' } : {}),
  });
  return `/console/sign-in${query.size > 0 ? `?${query}` : ''}`;
}

export function signedOutPage(): SignInPage {
  return signInPage(
    'You are signed out',
    ['Nobody can go on from here without signing in again. On a computer that others use, close the browser too.'],
    link('/console/sign-in', 'Sign in again'),
  );
}

/** After this installation's session has ended, on the way to the provider, where the other one ends. */
export function signingOutPage(providerUrl: string): SignInPage {
  const content = link(providerUrl, 'Go on');
  const made = signInPage(
    'Signing you out',
    ['You are signed out here. One step is left at the sign-in service.'],
    content,
  );
  // No redirect: a browser may refuse to follow one from a form to another host (CSP, form-action).
  return { ...made, headers: { ...made.headers, refresh: `0; url=${providerUrl}` } };
}

/** A sign-in that did not begin in this browser, was used before, or took too long. */
export function unknownSignInPage(): SignInPage {
  return signInPage(
    'This sign-in cannot be finished',
    [
      'It was used already, it began in another browser, or it took more than a quarter of an hour.',
      'Nothing is lost. Sign in once more; if this page comes back, allow cookies for this site.',
    ],
    link('/console/sign-in', 'Sign in'),
  );
}

const REFUSED: Readonly<Record<Refusal, readonly [title: string, said: readonly string[]]>> = {
  declined: ['You did not sign in', ['The sign-in was cancelled. Nothing has changed.']],
  not_valid: [
    'This sign-in was not accepted',
    [
      'What the sign-in service sent back was used before, has expired, or is not meant for this sign-in.',
      'Sign in once more. If it happens again, tell whoever runs your partner programme.',
    ],
  ],
  unavailable: [
    'The sign-in service does not answer',
    ['This is not about you or your password. Wait a minute and try again.'],
  ],
};

export function refusedSignInPage(refusal: Refusal, returnTo: string, isFresh: boolean): SignInPage {
  const [title, said] = REFUSED[refusal];
  return signInPage(title, said, link(signInAddress(returnTo, isFresh), 'Try again'));
}

export function notFreshPage(returnTo: string): SignInPage {
  return signInPage(
    'Please sign in with your password again',
    [
      'What you are about to do asks you to prove once more who you are, but the sign-in service let you through without asking.',
      'Sign out, sign in again, and then repeat it. Nothing has changed so far.',
    ],
    link(signInAddress(returnTo, true), 'Try again'),
  );
}

export function refusedSignOutPage(): SignInPage {
  return signInPage(
    'You are not signed out',
    [
      'This request to sign out did not come from a page of the console that is open here, so nothing was done.',
      'Open the console and use “Sign out” there.',
    ],
    link('/console', 'Open the console'),
  );
}

export function troublePage(): SignInPage {
  return signInPage(
    'Something failed on our side',
    [
      'Nothing is wrong with what you did. Wait a minute and try again; if it fails again, tell whoever runs your partner programme the time.',
    ],
    link('/console', 'Try again'),
  );
}
