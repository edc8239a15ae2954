import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { cookie, isSecure, readCookie } from '#functions/console/sign-in/session-cookie';
import type { SignInSecrets } from '#shared/adapters/openid-provider';

const TICKET_BYTES = 32;
/** A person reads a mail with a code, looks for the second factor, or makes a new password meanwhile. */
const ATTEMPT_MINUTES = 15;
const NAME_CHARACTERS = 8;
/** Tabs that sign in at once; more are from sign-ins that were left. */
const MAX_ATTEMPTS = 5;
const MINUTE_MS = 60_000;

/** One sign-in under way. All that makes it this browser's is derived from `ticket`, so nothing has to be kept or sealed. */
export type Attempt = {
  readonly ticket: string;
  readonly returnTo: string;
  readonly isFresh: boolean;
  readonly startedAt: number;
};

const planSchema = z.object({ returnTo: z.string(), isFresh: z.boolean(), startedAt: z.number() });

export function newAttempt(plan: Omit<Attempt, 'ticket'>): Attempt {
  return { ...plan, ticket: randomBytes(TICKET_BYTES).toString('base64url') };
}

/** State, nonce and PKCE's verifier (RFC 7636), each by HMAC: none tells another, and the state covers the plan. */
export function secretsOf(attempt: Attempt): SignInSecrets {
  const derive = (purpose: string): string =>
    createHmac('sha256', Buffer.from(attempt.ticket, 'base64url'))
      .update(`${purpose}\n${planText(attempt)}`)
      .digest('base64url');
  return { state: derive('state'), nonce: derive('nonce'), verifier: derive('verifier') };
}

function planText({ returnTo, isFresh, startedAt }: Attempt): string {
  return JSON.stringify({ returnTo, isFresh, startedAt });
}

/** A cookie a sign-in, so that two tabs do not undo each other; those beyond a handful are cleared. */
export function attemptCookies(publicUrl: string, attempt: Attempt, present: readonly string[] | undefined): string[] {
  const { state } = secretsOf(attempt);
  const value = `${attempt.ticket}.${Buffer.from(planText(attempt)).toString('base64url')}`;
  const made = `${cookie(publicUrl, nameOf(publicUrl, state), value)}; Max-Age=${ATTEMPT_MINUTES * 60}`;
  const left = (present ?? [])
    .map((one) => one.slice(0, one.indexOf('=')))
    .filter((name) => name.startsWith(prefixOf(publicUrl)));
  return [...(left.length < MAX_ATTEMPTS ? [] : left.map((name) => clear(publicUrl, name))), made];
}

/** What ends an attempt: it works once. */
export function noAttemptCookie(publicUrl: string, state: string): string {
  return clear(publicUrl, nameOf(publicUrl, state));
}

/** The attempt that an answer of the provider belongs to; `undefined` when it did not begin in this browser, or too long ago. */
export function readAttempt(
  publicUrl: string,
  state: string | undefined,
  cookies: readonly string[] | undefined,
  now: number,
): Attempt | undefined {
  if (state === undefined || !/^[A-Za-z0-9_-]{43}$/.test(state)) return undefined;
  const [ticket = '', plan = ''] = readCookie(nameOf(publicUrl, state), cookies)?.split('.') ?? [];
  const parsed = planSchema.safeParse(parse(Buffer.from(plan, 'base64url').toString('utf8')));
  if (!parsed.success) return undefined;
  const attempt = { ticket, ...parsed.data };
  const isOwn = timingSafeEqual(Buffer.from(secretsOf(attempt).state), Buffer.from(state));
  return isOwn && now - attempt.startedAt < ATTEMPT_MINUTES * MINUTE_MS ? attempt : undefined;
}

function prefixOf(publicUrl: string): string {
  return isSecure(publicUrl) ? '__Host-ts_sign_in_' : 'ts_sign_in_';
}

function nameOf(publicUrl: string, state: string): string {
  return `${prefixOf(publicUrl)}${state.slice(0, NAME_CHARACTERS)}`;
}

function clear(publicUrl: string, name: string): string {
  return `${cookie(publicUrl, name, '')}; Max-Age=0`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
