import { randomFillSync } from 'node:crypto';
import { isbot } from 'isbot';
import { PAGE_HEADERS } from '#functions/runtime/page';
import { languageOf } from '#functions/runtime/reader-language';
import { nothingPage } from '#functions/tracking/pages/nothing-page';
import type { Nothing } from '#functions/tracking/pages/words';
import { makeClickTokens } from '#shared/adapters/click-tokens';
import { makeLinkSource } from '#shared/adapters/dynamodb/referrals/links/link-source';
import { makeSigningKeys } from '#shared/adapters/signing-keys';
import { makeVisitorHash } from '#shared/adapters/visitor-hash';
import { writeLine } from '#shared/adapters/write-line';
import { clickLine } from '#shared/application/tracking/clicks/click-line';
import { makeLinkCache } from '#shared/application/tracking/redirect/link-cache';
import { makeRedirectLink, type Redirect } from '#shared/application/tracking/redirect/redirect-link';

/** The few fields of API Gateway's payload 2.0 that a redirect reads. */
export type RedirectEvent = {
  readonly pathParameters?: { readonly slug?: string | undefined } | undefined;
  readonly rawQueryString?: string | undefined;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly requestContext: { readonly http: { readonly method: string; readonly sourceIp: string } };
};
export type RedirectResult = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const MS_PER_SECOND = 1_000;

// Read by hand: zod alone would be half of what this function may weigh.
function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`environment: ${name} is missing`);
  return value;
}

const environment = process.env;
const clock = (): number => Date.now();
const keys = makeSigningKeys({ secretArn: setting('SIGNING_SECRET_ARN'), environment, clock });

const redirect = makeRedirectLink({
  findLink: makeLinkCache({
    read: makeLinkSource({ tableName: setting('REFERRALS_TABLE'), environment }),
    freshMs: Number(setting('CONFIG_TTL_SECONDS')) * MS_PER_SECOND,
    clock,
  }),
  sign: makeClickTokens({ keys, randomBytes: makeRandomBytes() }).sign,
  visitorOf: makeVisitorHash(keys),
  isBot: makeBotMemory(),
  clock,
});

/**
 * Follows a link: from memory when it is warm, without any network call (design.md, Tracking). Not async: each wait is a
 * turn of the loop, and a warm link needs none.
 */
export function handler(event: RedirectEvent): Promise<RedirectResult> {
  const { headers } = event;
  const { method, sourceIp } = event.requestContext.http;
  const isHead = method === 'HEAD';
  const result = redirect({
    slug: event.pathParameters?.slug ?? '',
    rawQuery: event.rawQueryString ?? '',
    address: sourceIp,
    userAgent: headers['user-agent'] ?? '',
    purpose: headers['sec-purpose'] ?? headers.purpose ?? headers['x-moz'] ?? headers['x-purpose'] ?? '',
    country: headers['cloudfront-viewer-country'] ?? '',
    isHead,
  });
  const asked = { isHead, language: headers['accept-language'] };
  return result instanceof Promise
    ? result.then((late) => answer(late, asked))
    : Promise.resolve(answer(result, asked));
}

type Asked = { readonly isHead: boolean; readonly language: string | undefined };

function answer(result: Redirect, asked: Asked): RedirectResult {
  if (result.outcome === 'redirect') {
    if (result.click) writeLine(clickLine(result.click));
    return { statusCode: 302, headers: redirectHeaders(result.location), body: '' };
  }
  return nowhere(result.outcome, asked);
}

/** Written out, so that all answers share one shape: copying a constant into each costs a microsecond. */
function redirectHeaders(location: string): Readonly<Record<string, string>> {
  return {
    location,
    'cache-control': 'private, no-store',
    // The shop sees that a link was followed, but not its whole address.
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
  };
}

type Nowhere = Exclude<Redirect['outcome'], 'redirect'>;

/** One answer for a pause and an end: why a link stopped is nobody's business but the shop's and its partner's. */
const NOWHERE: Readonly<Record<Nowhere, { readonly statusCode: number; readonly what: Nothing }>> = {
  unknown: { statusCode: 404, what: 'linkUnknown' },
  ended: { statusCode: 410, what: 'linkEnded' },
  malformed: { statusCode: 400, what: 'linkDamaged' },
  unavailable: { statusCode: 503, what: 'linkWaits' },
};

/** In the language of the reader: a link that leads nowhere has no programme whose language it could be. */
function nowhere(outcome: Nowhere, { isHead, language }: Asked): RedirectResult {
  const { statusCode, what } = NOWHERE[outcome];
  const headers = outcome === 'unavailable' ? { ...PAGE_HEADERS, 'retry-after': '2' } : PAGE_HEADERS;
  return { statusCode, headers, body: isHead ? '' : nothingPage(what, languageOf(language)) };
}

/** Random bytes from a pool: one call of the generator for hundreds of clicks. */
function makeRandomBytes(): (size: number) => Buffer {
  const POOL_BYTES = 4_096;
  const pool = Buffer.alloc(POOL_BYTES);
  let used = POOL_BYTES;
  return (size) => {
    if (used + size > POOL_BYTES) {
      randomFillSync(pool);
      used = 0;
    }
    used += size;
    return pool.subarray(used - size, used);
  };
}

/** The pattern of all known bots is long: what it says of a browser is kept. */
function makeBotMemory(): (userAgent: string) => boolean {
  const MAX_REMEMBERED = 2_000;
  const known = new Map<string, boolean>();
  return (userAgent) => {
    const before = known.get(userAgent);
    if (before !== undefined) return before;
    const isBot = userAgent === '' || isbot(userAgent);
    if (known.size >= MAX_REMEMBERED) known.clear();
    known.set(userAgent, isBot);
    return isBot;
  };
}
