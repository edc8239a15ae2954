import type { JSX } from 'preact';
import { Alert, ButtonLink } from '#console/ui/parts';
import type { FormValues } from '#functions/console/web/form';
import { type View, view } from '#functions/console/web/page';

/** Pages for what is not to be had: each says what is the matter and what to do next. */

export function notFoundPage(home: string): View {
  return view({
    status: 404,
    title: 'There is nothing here',
    body: (
      <>
        <p>
          The link may be old or mistyped, or it leads to something that is not yours to see. Check the address, or go
          back to the start and look for it there.
        </p>
        <ButtonLink href={home} primary>
          To the start
        </ButtonLink>
      </>
    ),
  });
}

export function forbiddenPage(home: string, detail: string): View {
  return view({
    status: 403,
    title: 'Your role cannot see this',
    body: (
      <>
        <p>{detail}</p>
        <p>If you need it for your work, ask an admin of the programme to give you the role.</p>
        <ButtonLink href={home} primary>
          To the start
        </ButtonLink>
      </>
    ),
  });
}

/** @param sent a form was: sent again by the browser it keeps its key, filled in anew it would be another one */
export function unavailablePage(address: string, detail: string, sent = false): View {
  if (sent) {
    return view({
      status: 503,
      title: 'The answer did not come',
      body: (
        <p>
          {detail} What you sent may have been done. Reload this page and let the browser send the form again: it is
          done once, however often you do that.
        </p>
      ),
    });
  }
  return view({
    status: 503,
    title: 'This cannot be shown just now',
    body: (
      <>
        <p>{detail}</p>
        <ButtonLink href={address} primary icon="refresh">
          Try again
        </ButtonLink>
      </>
    ),
  });
}

export function faultPage(home: string, requestId: string): View {
  return view({
    status: 500,
    title: 'Something failed on our side',
    body: (
      <>
        <p>
          It is not your fault. Try again in a minute; if it fails again, tell the operator of this installation the
          number <code>{requestId}</code>.
        </p>
        <ButtonLink href={home} primary>
          To the start
        </ButtonLink>
      </>
    ),
  });
}

/** For a form that came without a session: what was entered is shown, so that it is not lost. */
export function endedPage(returnTo: string, values: FormValues): View {
  const entered = Object.entries(values).filter(([name]) => !['csrf', 'formKey', 'formId', 'pageQuery'].includes(name));
  return view({
    status: 401,
    title: 'Your sign-in has ended',
    body: (
      <>
        <p>Nothing was sent or changed. Sign in again, then repeat what you were about to do.</p>
        <ButtonLink href={`/console/sign-in?returnTo=${encodeURIComponent(returnTo)}`} primary>
          Sign in
        </ButtonLink>
        {entered.length > 0 ? (
          <section class="mt-4">
            <h2 class="h4">What you had entered</h2>
            <dl class="facts">
              {entered.map(([name, texts]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{texts.join(', ')}</dd>
                </div>
              ))}
            </dl>
          </section>
        ) : null}
      </>
    ),
  });
}

export function foreignFormPage(home: string): View {
  return view({
    status: 403,
    title: 'This form does not come from here',
    body: (
      <>
        <p>
          It was sent by another site, or by a browser that does not say where forms come from. Nothing was changed.
        </p>
        <ButtonLink href={home} primary>
          To the start
        </ButtonLink>
      </>
    ),
  });
}

/** For an action whose page cannot be shown again. */
export function refusedPage(back: string, status: number, detail: string): View {
  return view({
    status,
    title: 'This was not done',
    body: (
      <>
        <Alert tone="bad" title="Nothing was changed">
          <p>{detail}</p>
        </Alert>
        <p class="mt-3">
          <ButtonLink href={back}>Back</ButtonLink>
        </p>
      </>
    ),
  });
}

/** For somebody who has signed in and has no role anywhere. */
export function NoRole({ email }: { readonly email: string | undefined }): JSX.Element {
  return (
    <>
      <p>
        You are signed in as <strong>{email ?? 'somebody without an address'}</strong>, and no programme knows this
        address.
      </p>
      <ul>
        <li>Partners: sign in with the address that the programme has of you, or ask it to change it.</li>
        <li>Colleagues: ask an admin of your programme to give this address a role.</li>
      </ul>
      <p>As soon as that is done, reload this page.</p>
    </>
  );
}
