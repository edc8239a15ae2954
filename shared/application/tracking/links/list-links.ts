import type { Page } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { ClickReads } from '#shared/application/tracking/clicks/click-ports';
import { isDestinationAllowed } from '#shared/application/tracking/links/check-destination';
import type { ClickTotals, LinkStore, ListQuery, StoredLink } from '#shared/application/tracking/ports';

const NO_CLICKS: ClickTotals = { clicks: 0, bots: 0, prefetches: 0, visitors: 0 };

export type ListedLink = StoredLink &
  ClickTotals & {
    /** Whether the programme's hosts of now allow its destination. */
    readonly destinationAllowed: boolean;
  };

/** A page of a programme's links, each with its clicks so far. @throws Failure unknown_program */
export function makeListLinks(deps: {
  readonly links: Pick<LinkStore, 'list'>;
  readonly rollups: Pick<ClickReads, 'totals'>;
  readonly programs: ProgramReader;
}): (programId: string, query: ListQuery) => Promise<Page<ListedLink>> {
  return async (programId, query) => {
    const { tracking } = await deps.programs.get(programId);
    const page = await deps.links.list(programId, query);
    const totals = await deps.rollups.totals(
      programId,
      page.items.map((link) => link.slug),
    );
    const items = page.items.map((link) => ({
      ...link,
      ...(totals.get(link.slug) ?? NO_CLICKS),
      destinationAllowed: isDestinationAllowed(link.destination, tracking.destinationHosts),
    }));
    return { items, ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) };
  };
}
