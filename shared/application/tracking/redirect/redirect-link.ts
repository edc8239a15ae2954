import type { Clock } from '#shared/application/ports';
import { loggableSub } from '#shared/application/tracking/clicks/click-line';
import type { ClickKind, ClickLine } from '#shared/application/tracking/ports';
import type { KnownLink, LinkAnswer } from '#shared/application/tracking/redirect/link-cache';
import { type EpochMs, toInstant } from '#shared/domain/time/instant';
import { type Click, type ClickFlags, NO_FLAGS } from '#shared/domain/tracking/click-token';
import { deepDestination, joinDestination } from '#shared/domain/tracking/destination';
import { fillUtm } from '#shared/domain/tracking/utm';

export type Visit = {
  readonly slug: string;
  /** As sent, still encoded, without the question mark. */
  readonly rawQuery: string;
  readonly address: string;
  readonly userAgent: string;
  /** Sec-Purpose, Purpose or X-Moz: set by browsers that fetch ahead. */
  readonly purpose: string;
  /** As the CDN says it; anything but two letters is no country. */
  readonly country: string;
  /** HEAD looks at a link without following it. */
  readonly isHead: boolean;
};

export type Redirect =
  | { readonly outcome: 'redirect'; readonly location: string; readonly click: ClickLine | undefined }
  /** `ended`: the link is paused or its time is over. */
  | { readonly outcome: 'unknown' | 'ended' | 'unavailable' | 'malformed' };

/** Warm, everything is at hand: waiting for it would cost more than having it. */
type Perhaps<T> = T | Promise<T>;

/** The shape of a slug; anything else, also what only looks like it in another script, is unknown without asking. */
const SLUG = /^[A-Za-z0-9][A-Za-z0-9-]{1,38}[A-Za-z0-9]$/;
export const MAX_QUERY_LENGTH = 2_048;
const PASSED_ON = ['sub1', 'sub2', 'sub3', 'sub4', 'sub5'];
const MAX_SUB_LENGTH = 64;
/** What advertisers' own click ids are called: Google, Microsoft, Meta. */
const PAID_SEARCH = ['gclid', 'msclkid', 'fbclid'];
const COUNTRY = /^[A-Z]{2}$/;

/**
 * Decides where a visit of a link goes: only ever to the stored destination, another path of the same host at most.
 * The click it describes carries no address, only the day's keyed hash. Source: design.md, Tracking.
 */
export function makeRedirectLink(deps: {
  readonly findLink: (slug: string) => Perhaps<LinkAnswer>;
  readonly sign: (click: Omit<Click, 'clickId'>) => Perhaps<{ token: string | undefined; clickId: string }>;
  readonly visitorOf: (address: string, userAgent: string, at: EpochMs) => Perhaps<string>;
  readonly isBot: (userAgent: string) => boolean;
  readonly clock: Clock;
}): (visit: Visit) => Perhaps<Redirect> {
  const goOn = (visit: Visit, link: LinkAnswer): Perhaps<Redirect> => {
    if (link === 'unknown' || link === 'unavailable') return { outcome: link };
    const at = deps.clock();
    if (isEnded(link, at)) return { outcome: 'ended' };
    const place = placeOf(link, visit.rawQuery);
    if (!place) return { outcome: 'malformed' };
    if (visit.isHead) {
      return {
        outcome: 'redirect',
        location: joinDestination(place.to, place.parameters, undefined),
        click: undefined,
      };
    }
    const { slug, programId, partnerId } = link;
    const flags = flagsOf(visit, place.isPaidSearch, deps.isBot);
    const signed = deps.sign({ programId, partnerId, slug, at, flags });
    const visitor = deps.visitorOf(visit.address, visit.userAgent, at);
    const country = COUNTRY.test(visit.country) ? visit.country : undefined;
    return together(signed, visitor, ({ token, clickId }, hashed) => ({
      outcome: 'redirect',
      location: joinDestination(place.to, place.parameters, token),
      click: {
        clickId,
        programId,
        slug,
        at,
        visitor: hashed,
        kind: kindOf(flags),
        isPaidSearch: flags.isPaidSearch,
        country,
        subs: place.subs,
      },
    }));
  };
  return (visit) => {
    if (!SLUG.test(visit.slug)) return { outcome: 'unknown' };
    if (visit.rawQuery !== '' && !isCleanQuery(visit.rawQuery)) return { outcome: 'malformed' };
    const found = deps.findLink(visit.slug.toLowerCase());
    return found instanceof Promise ? found.then((link) => goOn(visit, link)) : goOn(visit, found);
  };
}

/** Joins two values as soon as both are there: at once, when they are. */
function together<A, B, R>(a: Perhaps<A>, b: Perhaps<B>, join: (a: A, b: B) => R): Perhaps<R> {
  if (a instanceof Promise || b instanceof Promise) return Promise.all([a, b]).then(([x, y]) => join(x, y));
  return join(a, b);
}

/** Everything that may stand in an address (RFC 3986), and the few characters that browsers leave as they are. */
const URL_CHARACTERS = /^[!-~]*$/;
const LONE_PERCENT = /%(?![0-9A-Fa-f]{2})/g;
const CONTROL = /%(?:0[0-9A-Fa-f]|1[0-9A-Fa-f]|7[Ff])/;

/** No control character, encoded or not, and nothing that is not UTF-8; a lone per cent sign is only sloppy. */
function isCleanQuery(rawQuery: string): boolean {
  if (rawQuery.length > MAX_QUERY_LENGTH || !URL_CHARACTERS.test(rawQuery) || CONTROL.test(rawQuery)) return false;
  if (!rawQuery.includes('%')) return true;
  try {
    decodeURIComponent(rawQuery.replace(LONE_PERCENT, '%25'));
    return true;
  } catch {
    return false;
  }
}

/** Where a visit leads, and what its query says of it. */
type Place = {
  readonly to: KnownLink['to'];
  /** Encoded, to be passed on. */
  readonly parameters: string;
  /** As the log may have them; empty ones at the end left out. */
  readonly subs: readonly string[];
  readonly isPaidSearch: boolean;
};

const NO_SUBS: readonly string[] = [];

const NO_VALUES = new URLSearchParams();

function isEnded({ status, validUntil }: KnownLink, at: EpochMs): boolean {
  return status !== 'active' || (validUntil !== undefined && validUntil <= toInstant(at));
}

function placeOf(link: KnownLink, rawQuery: string): Place | undefined {
  if (rawQuery === '') {
    return { to: link.to, parameters: parametersOf(link, link.to, NO_VALUES), subs: NO_SUBS, isPaidSearch: false };
  }
  const query = new URLSearchParams(rawQuery);
  const path = query.get('path');
  const to = path === null ? link.to : deepDestination(link.to, path);
  if (!to) return undefined;
  const passed = new URLSearchParams();
  const subs: string[] = [];
  for (const [index, name] of PASSED_ON.entries()) {
    const value = query.get(name);
    if (value === null) continue;
    passed.set(name, value.slice(0, MAX_SUB_LENGTH));
    while (subs.length < index) subs.push('');
    subs.push(loggableSub(value));
  }
  const isPaidSearch = PAID_SEARCH.some((name) => query.has(name));
  return { to, parameters: parametersOf(link, to, passed), subs, isPaidSearch };
}

/** The sub-ids passed on, and the link's own UTM parameters with the sub-ids filled in. */
function parametersOf(link: KnownLink, to: KnownLink['to'], passed: URLSearchParams): string {
  const subs = passed === NO_VALUES ? '' : passed.toString();
  if (link.utm === undefined) return subs;
  const utm = fillUtm(link.utm, to.beforeHash, (name) => passed.get(name));
  return subs === '' || utm === '' ? subs + utm : `${subs}&${utm}`;
}

function flagsOf(
  { purpose, userAgent }: Visit,
  isPaidSearch: boolean,
  isBotAgent: (userAgent: string) => boolean,
): ClickFlags {
  const isPrefetch = purpose !== '' && /prefetch|prerender|preview/i.test(purpose);
  const isBot = isBotAgent(userAgent);
  return isBot || isPrefetch || isPaidSearch ? { isBot, isPrefetch, isPaidSearch } : NO_FLAGS;
}

function kindOf({ isBot, isPrefetch }: ClickFlags): ClickKind {
  if (isPrefetch) return 'prefetch';
  return isBot ? 'bot' : 'human';
}
