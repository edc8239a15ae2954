import type { Clock } from '#shared/application/ports';
import type { Link, LinkSource } from '#shared/application/tracking/ports';
import { type Destination, splitDestination } from '#shared/domain/tracking/destination';

/** About 5 MB of links: the busiest of an installation. */
const MAX_LINKS = 10_000;
/** Kept apart from links, so that a scan of made-up slugs pushes no link out. */
const MAX_UNKNOWN = 10_000;
/** Long enough that a scan cannot hammer the table, short enough for a link created a moment ago. */
const UNKNOWN_MS = 5_000;
/** A paused link must stop within a minute, however long an installation lets its configuration be remembered. */
const MAX_FRESH_MS = 55_000;
/** While the table is down, a stale link asks for itself this often. */
const RETRY_STALE_MS = 5_000;

/**
 * Reads under way of slugs that are not in memory, and slugs found unknown in one second: a flood of made-up slugs gets
 * 503 beyond these and costs no more reads. Both are far above what one instance answers to people; links in memory never wait.
 */
const MAX_COLD_READS = 100;
const MAX_UNKNOWN_PER_SECOND = 200;
const SECOND_MS = 1_000;

export type KnownLink = Link & { readonly to: Destination };

/** `unavailable`: not in memory and the table cannot be read. */
export type LinkAnswer = KnownLink | 'unknown' | 'unavailable';

/**
 * Links in memory. A fresh one is answered without any call; one older than `freshMs` is read again; misses of one slug
 * at once share a read; unknown slugs are remembered briefly, and a flood of them ends in `unavailable` without a read; when
 * the table is down, stale links are answered.
 */
export function makeLinkCache(deps: {
  readonly read: LinkSource;
  readonly clock: Clock;
  readonly freshMs: number;
}): (slug: string) => LinkAnswer | Promise<LinkAnswer> {
  const freshMs = Math.min(deps.freshMs, MAX_FRESH_MS);
  const links = new Map<string, { readonly link: KnownLink; freshUntil: number }>();
  const unknownUntil = new Map<string, number>();
  const reading = new Map<string, Promise<LinkAnswer>>();
  const flood = { second: 0, unknown: 0 };
  const noteUnknown = (now: number): void => {
    const second = Math.floor(now / SECOND_MS);
    flood.unknown = flood.second === second ? flood.unknown + 1 : 1;
    flood.second = second;
  };
  const isFlooded = (now: number): boolean =>
    reading.size >= MAX_COLD_READS ||
    (flood.unknown >= MAX_UNKNOWN_PER_SECOND && flood.second === Math.floor(now / SECOND_MS));

  const load = async (slug: string): Promise<LinkAnswer> => {
    // Counted from before the read: what it answers may have changed while it was on its way.
    const askedAt = deps.clock();
    try {
      const found = await deps.read(slug);
      links.delete(slug);
      if (!found) {
        const now = deps.clock();
        remember(unknownUntil, slug, now + UNKNOWN_MS, MAX_UNKNOWN);
        noteUnknown(now);
        return 'unknown';
      }
      const link = { ...found, to: splitDestination(found.destination) };
      remember(links, slug, { link, freshUntil: askedAt + freshMs }, MAX_LINKS);
      return link;
    } catch {
      const stale = links.get(slug);
      if (!stale) return 'unavailable';
      stale.freshUntil = deps.clock() + RETRY_STALE_MS;
      return stale.link;
    } finally {
      reading.delete(slug);
    }
  };

  return (slug) => {
    const known = links.get(slug);
    const now = deps.clock();
    if (known && known.freshUntil > now) return known.link;
    if ((unknownUntil.get(slug) ?? 0) > now) return 'unknown';
    const running = reading.get(slug);
    if (running) return running;
    // A link in memory is read again in any flood: its pause must not wait.
    if (!known && isFlooded(now)) return 'unavailable';
    const started = load(slug);
    reading.set(slug, started);
    return started;
  };
}

/** The oldest entry goes first when there are too many. */
function remember<T>(map: Map<string, T>, key: string, value: T, max: number): void {
  map.delete(key);
  const oldest = map.size >= max ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
  map.set(key, value);
}
