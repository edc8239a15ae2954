import type { ConsoleRequest } from '#functions/console/web/request';
import type { Session } from '#shared/application/console/sessions';

/** A request of the console as a browser on `https://console.example` sends it. */
export function aRequest(
  path: string,
  more: Partial<ConsoleRequest> & { form?: Record<string, string> } = {},
): ConsoleRequest {
  const { form, ...rest } = more;
  const [pathname = '/', search = ''] = path.split('?');
  const posted = form && {
    method: 'POST' as const,
    body: () => new TextEncoder().encode(new URLSearchParams(form).toString()),
  };
  return {
    method: 'GET',
    path: pathname,
    query: new URLSearchParams(search),
    cookies: {},
    cookieLines: [],
    wantsPart: false,
    body: () => new Uint8Array(),
    ...posted,
    ...rest,
    headers: {
      ...(form ? { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://console.example' } : {}),
      ...rest.headers,
    },
  };
}

export const aSession = (more: Partial<Session> = {}): Session => ({
  person: { subject: 'anna', email: 'anna@agency.example' },
  idToken: 'token-of-anna',
  signedInAt: 0,
  csrfToken: 'csrf-of-anna',
  expiresAt: Number.MAX_SAFE_INTEGER,
  ...more,
});

export type Answered = { readonly status: number; readonly body: unknown };

/** An API that answers what a test says for `METHOD path`, and 404 otherwise; what was sent is kept. */
export function aFakeApi(answers: Readonly<Record<string, Answered | ((body: unknown) => Answered)>>): {
  readonly fetch: typeof fetch;
  readonly sent: { readonly request: string; readonly key: string | undefined; readonly body: unknown }[];
} {
  const sent: { request: string; key: string | undefined; body: unknown }[] = [];
  const answer: typeof fetch = async (input, init) => {
    const { pathname, search } = new URL(String(input));
    const request = `${init?.method ?? 'GET'} ${pathname}`;
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    const key = new Headers(init?.headers).get('idempotency-key') ?? undefined;
    sent.push({ request: `${request}${search}`, key, body });
    const found = answers[request];
    const { status, body: content } = typeof found === 'function' ? found(body) : (found ?? NOT_FOUND);
    return Response.json(content, { status });
  };
  return { fetch: answer, sent };
}

const NOT_FOUND: Answered = { status: 404, body: { code: 'not_found', detail: 'There is nothing at this address.' } };
