import type { LinkStore } from '#shared/application/tracking/ports';

/** A function instance counts the clicks of few links at a time. */
const MAX_REMEMBERED = 5_000;

/**
 * Who shared a link: that never changes, so it is read once an instance. `undefined` where the programme has no such link.
 */
export function makeLinkPartners(
  links: Pick<LinkStore, 'find'>,
): (programId: string, slug: string) => Promise<string | undefined> {
  const known = new Map<string, string>();
  return async (programId, slug) => {
    const id = `${programId} ${slug}`;
    const before = known.get(id);
    if (before !== undefined) return before;
    const link = await links.find(slug);
    if (link?.programId !== programId) return undefined;
    if (known.size >= MAX_REMEMBERED) known.clear();
    known.set(id, link.partnerId);
    return link.partnerId;
  };
}
