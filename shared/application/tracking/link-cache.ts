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

export type KnownLink = Link & { readonly to: Destination };

/** `unavailable`: not in memory and the table cannot be read. */
export type LinkAnswer = KnownLink | 'unknown' | 'unavailable';

/**
 * Links in memory. A fresh one is answered without any call; one older than `freshMs` is read again; misses of one slug
 * at once share a read; unknown slugs are remembered briefly; when the table is down, stale links are answered.
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

  const load = async (slug: string): Promise<LinkAnswer> => {
    // Counted from before the read: what it answers may have changed while it was on its way.
    const askedAt = deps.clock();
    try {
      const found = await deps.read(slug);
      links.delete(slug);
      if (!found) {
        remember(unknownUntil, slug, deps.clock() + UNKNOWN_MS, MAX_UNKNOWN);
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
    if (known && known.freshUntil > deps.clock()) return known.link;
    if ((unknownUntil.get(slug) ?? 0) > deps.clock()) return 'unknown';
    const running = reading.get(slug) ?? load(slug);
    reading.set(slug, running);
    return running;
  };
}

/** The oldest entry goes first when there are too many. */
function remember<T>(map: Map<string, T>, key: string, value: T, max: number): void {
  map.delete(key);
  const oldest = map.size >= max ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
  map.set(key, value);
}
