import * as z from 'zod';
import type { Clock } from '#shared/application/ports';
import { NotAsked } from './paced-fetch.ts';

/** A token is given up this long before PayPal does, so that none lapses on its way. */
const TOKEN_MARGIN_MS = 60_000;
const UNAUTHORIZED = 401;

const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/** `lost`: no answer came, or none that can be read. `refused_key`: PayPal knows the app or its secret no more. */
export type PayPalAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'lost'; readonly wasSent: boolean; readonly reason: string }
  | { readonly kind: 'refused_key' };

export type PayPalClient = {
  readonly post: (path: string, body: unknown) => Promise<PayPalAnswer>;
  readonly get: (path: string) => Promise<PayPalAnswer>;
};

/**
 * PayPal's REST API by `fetch`: its maintained library covers no Payouts (infra/decisions.md). The OAuth token is kept until it
 * lapses; one that PayPal refuses earlier is renewed once. Source: developer.paypal.com/api/rest/authentication.
 */
export function makePayPalClient(deps: {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly fetcher: typeof fetch;
  readonly clock: Clock;
}): PayPalClient {
  let token: { readonly value: string; readonly untilMs: number } | undefined;

  const call = async (path: string, init: RequestInit): Promise<PayPalAnswer> => {
    let response: Response;
    try {
      response = await deps.fetcher(`${deps.baseUrl}${path}`, init);
    } catch (error) {
      return { kind: 'lost', wasSent: !(error instanceof NotAsked), reason: 'PayPal gave no answer.' };
    }
    try {
      const text = await response.text();
      return { kind: 'answer', status: response.status, body: text === '' ? undefined : JSON.parse(text) };
    } catch {
      return { kind: 'lost', wasSent: true, reason: `PayPal answered ${response.status} with what cannot be read.` };
    }
  };

  const authorization = async (): Promise<string | PayPalAnswer> => {
    if (token && deps.clock() < token.untilMs) return `Bearer ${token.value}`;
    const basic = Buffer.from(`${deps.clientId}:${deps.clientSecret}`).toString('base64');
    const answer = await call('/v1/oauth2/token', {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
    });
    const nothingSent = { kind: 'lost', wasSent: false, reason: 'PayPal gave no access token.' } as const;
    if (answer.kind !== 'answer') return nothingSent;
    if (answer.status === UNAUTHORIZED || answer.status === 400) return { kind: 'refused_key' };
    const parsed = tokenSchema.safeParse(answer.body);
    if (answer.status !== 200 || !parsed.success) return nothingSent;
    token = {
      value: parsed.data.access_token,
      untilMs: deps.clock() + parsed.data.expires_in * 1_000 - TOKEN_MARGIN_MS,
    };
    return `Bearer ${token.value}`;
  };

  const authorized = async (path: string, init: RequestInit): Promise<PayPalAnswer> => {
    for (let attempt = 1; ; attempt += 1) {
      const granted = await authorization();
      if (typeof granted !== 'string') return granted;
      const headers = { ...init.headers, authorization: granted, accept: 'application/json' };
      const answer = await call(path, { ...init, headers });
      if (answer.kind !== 'answer' || answer.status !== UNAUTHORIZED) return answer;
      token = undefined;
      if (attempt > 1) return { kind: 'refused_key' };
    }
  };

  return {
    post: (path, body) =>
      authorized(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    get: (path) => authorized(path, { method: 'GET' }),
  };
}
