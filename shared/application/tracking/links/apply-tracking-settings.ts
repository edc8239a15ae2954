import type { Clock } from '#shared/application/ports';
import type { ProgramReader, TrackingSettings } from '#shared/application/programs';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { type SavedLink, saveLink } from '#shared/application/tracking/links/change-link';
import { isDestinationAllowed } from '#shared/application/tracking/links/check-destination';
import type { LinkStore, StoredLink } from '#shared/application/tracking/ports';
import { resolveUtm } from '#shared/domain/tracking/utm';

const LINKS_PER_PAGE = 200;
/** Enough to hide the table's latency. */
const LINKS_AT_ONCE = 8;

export type SweepResult = { readonly seen: number; readonly changed: number };

/**
 * Brings every link of a programme in line with its settings: one that leads outside the allowed hosts is paused, and resolved
 * UTM parameters follow the templates. A host that was taken off the list may have been lost to somebody else, so that its
 * links must not wait for a person. Nothing is made active again by itself. Safe to repeat: a link in line is left alone.
 */
export function makeApplyTrackingSettings(
  deps: {
    readonly links: Pick<LinkStore, 'list' | 'find' | 'change'>;
    /** Answers what holds now, never what it remembers. */
    readonly programs: Pick<ProgramReader, 'get'>;
    readonly clock: Clock;
  } & RetryDeps,
): (programId: string) => Promise<SweepResult> {
  return async (programId) => {
    const { tracking, settingsVersion } = await deps.programs.get(programId);
    const by = `settings:${settingsVersion}`;
    const sweep = ({ slug }: StoredLink): Promise<SavedLink | undefined> =>
      retryContended(deps, async () => {
        // The list may lag behind.
        const link = await deps.links.find(slug);
        return link && saveLink(deps, link, inLine(link, tracking), { by });
      });
    let seen = 0;
    let changed = 0;
    let cursor: string | undefined;
    do {
      const page = await deps.links.list(programId, { cursor, limit: LINKS_PER_PAGE });
      for (let from = 0; from < page.items.length; from += LINKS_AT_ONCE) {
        const outcomes = await Promise.all(page.items.slice(from, from + LINKS_AT_ONCE).map(sweep));
        seen += outcomes.length;
        changed += outcomes.filter((outcome) => outcome?.isChanged).length;
      }
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return { seen, changed };
  };
}

function inLine(link: StoredLink, { destinationHosts, utm }: TrackingSettings): StoredLink {
  const resolved = resolveUtm(utm ?? {}, link.utmTemplates ?? {}, link) || undefined;
  const mustStop = link.status === 'active' && !isDestinationAllowed(link.destination, destinationHosts);
  return { ...link, utm: resolved, ...(mustStop ? { status: 'paused', pausedBy: 'staff' } : {}) };
}
