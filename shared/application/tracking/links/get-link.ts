import type { ProgramReader } from '#shared/application/programs';
import { isDestinationAllowed } from '#shared/application/tracking/links/check-destination';
import { type LinkQuery, requireLink } from '#shared/application/tracking/links/require-link';
import type { LinkChange, LinkStore, StoredLink } from '#shared/application/tracking/ports';

/** Enough to see who did what; the rest stays stored. */
const MAX_SHOWN_CHANGES = 50;

export type LinkWithHistory = {
  readonly link: StoredLink;
  /** Newest first. */
  readonly changes: readonly LinkChange[];
  /** Whether the programme's hosts of now allow its destination. */
  readonly destinationAllowed: boolean;
};

/** A link with its newest changes. @throws Failure unknown_program, not_found (also for what the caller may not see) */
export function makeGetLink(deps: {
  readonly links: Pick<LinkStore, 'find' | 'changes'>;
  readonly programs: ProgramReader;
}): (query: LinkQuery) => Promise<LinkWithHistory> {
  return async (query) => {
    const { tracking } = await deps.programs.get(query.programId);
    const link = await requireLink(deps.links, query);
    const changes = link.version ? await deps.links.changes(query.programId, link.slug, MAX_SHOWN_CHANGES) : [];
    return { link, changes, destinationAllowed: isDestinationAllowed(link.destination, tracking.destinationHosts) };
  };
}
