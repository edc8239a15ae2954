import type { Page } from '#shared/application/ports';
import type { ClickRollups, ClickTotals, LinkStore, ListQuery, StoredLink } from '#shared/application/tracking/ports';

const NO_CLICKS: ClickTotals = { clicks: 0, bots: 0, prefetches: 0, visitors: 0 };

/** A page of a programme's links, each with its clicks so far. */
export function makeListLinks(deps: {
  readonly links: Pick<LinkStore, 'list'>;
  readonly rollups: Pick<ClickRollups, 'totals'>;
}): (programId: string, query: ListQuery) => Promise<Page<StoredLink & ClickTotals>> {
  return async (programId, query) => {
    const page = await deps.links.list(programId, query);
    const totals = await deps.rollups.totals(
      programId,
      page.items.map((link) => link.slug),
    );
    const items = page.items.map((link) => ({ ...link, ...(totals.get(link.slug) ?? NO_CLICKS) }));
    return { items, ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) };
  };
}
