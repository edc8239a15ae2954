import { Failure } from '#shared/application/failure';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { checkDestination } from '#shared/application/tracking/links/check-destination';
import { refuseOwnWords, refuseProlonging, requireHosts } from '#shared/application/tracking/links/link-rules';
import { type LinkQuery, requireLink } from '#shared/application/tracking/links/require-link';
import type { LinkContent, LinkSide, LinkStatus, LinkStore, StoredLink } from '#shared/application/tracking/ports';
import { type Instant, toInstant } from '#shared/domain/time/instant';
import { resolveUtm, type UtmTemplates } from '#shared/domain/tracking/utm';

/** What is absent stays; null takes it away (RFC 7396). */
export type LinkPatch = {
  readonly status?: LinkStatus | undefined;
  readonly destination?: string | undefined;
  readonly validUntil?: Instant | null | undefined;
  readonly campaign?: string | null | undefined;
  readonly utm?: UtmTemplates | null | undefined;
  readonly description?: string | null | undefined;
  readonly disclosedAs?: string | null | undefined;
};

export type ChangeLinkInput = LinkQuery & {
  readonly change: LinkPatch;
  readonly side: LinkSide;
  readonly by: string;
  readonly onBehalfOf?: string | undefined;
};

const CONTENT: readonly (keyof LinkContent)[] = [
  'destination',
  'status',
  'validUntil',
  'utm',
  'utmTemplates',
  'campaign',
  'description',
  'disclosedAs',
  'pausedBy',
];

/**
 * Changes where a link leads, whether it is followed and what is said of it; never its partner, so that clicks made before keep
 * their meaning. Each change is kept with who made it, in the transaction of its effect; one that changes nothing stores
 * nothing. A change takes the programme's hosts and UTM templates of its moment. Redirects follow within a minute.
 * @throws Failure unknown_program, not_found, destination_not_allowed, forbidden, temporarily_unavailable
 */
export function makeChangeLink(
  deps: {
    readonly links: Pick<LinkStore, 'find' | 'change'>;
    readonly programs: ProgramReader;
    readonly clock: Clock;
  } & RetryDeps,
): (input: ChangeLinkInput) => Promise<StoredLink> {
  return async (input) => {
    const { programId, slug, change, side, by, onBehalfOf } = input;
    const { tracking } = await deps.programs.get(programId);
    return retryContended(deps, async () => {
      const link = await requireLink(deps.links, { programId, slug, partnerIds: input.partnerIds });
      const wanted = patched(link, change, side);
      if (difference(pick(link), pick(wanted)).length === 0) return link;
      if (wanted.disclosedAs !== link.disclosedAs) refuseOwnWords(side, { disclosedAs: change.disclosedAs });
      if (wanted.description !== link.description) refuseOwnWords(side, { description: change.description });
      refuseProlonging(side, link.validUntil, wanted.validUntil);
      refuseResume(link, change, side);
      if (change.destination !== undefined) requireHosts(side, tracking.destinationHosts);
      // Also when it only becomes active again: a host may have been taken off the list meanwhile.
      if (change.destination !== undefined || change.status === 'active') {
        wanted.destination = checkDestination(wanted.destination, tracking.destinationHosts);
      }
      wanted.utm = resolveUtm(tracking.utm ?? {}, wanted.utmTemplates ?? {}, wanted) || undefined;
      const outcome = await saveLink(deps, link, wanted, { by, onBehalfOf });
      return outcome === 'contended' ? outcome : outcome.link;
    });
  };
}

export type SavedLink = { readonly link: StoredLink; readonly isChanged: boolean };

/** Stores what differs, with its record; a link that is as it should be is left alone. */
export async function saveLink(
  { links, clock }: { readonly links: Pick<LinkStore, 'change'>; readonly clock: Clock },
  before: StoredLink,
  wanted: StoredLink,
  actor: { readonly by: string; readonly onBehalfOf?: string | undefined },
): Promise<SavedLink | 'contended'> {
  const changed = difference(pick(before), pick(wanted));
  if (changed.length === 0) return { link: before, isChanged: false };
  const sequence = (before.version ?? 0) + 1;
  const after: StoredLink = { ...wanted, version: sequence };
  const record = {
    sequence,
    at: toInstant(clock()),
    ...actor,
    before: only(before, changed),
    after: only(after, changed),
  };
  return (await links.change(after, record)) === 'changed' ? { link: after, isChanged: true } : 'contended';
}

type Draft = { -readonly [K in keyof StoredLink]: StoredLink[K] };

function patched(link: StoredLink, change: LinkPatch, side: LinkSide): Draft {
  const { status, destination, validUntil, campaign, utm, description, disclosedAs } = change;
  const isPausing = status === 'paused' && link.status !== 'paused';
  // What a partner paused, staff may hold too by pausing it again.
  const pausedBy = isPausing || (status === 'paused' && side === 'staff') ? side : link.pausedBy;
  return {
    ...link,
    status: status ?? link.status,
    pausedBy: (status ?? link.status) === 'paused' ? pausedBy : undefined,
    destination: destination ?? link.destination,
    validUntil: replaced(link.validUntil, validUntil),
    campaign: replaced(link.campaign, campaign),
    utmTemplates: replaced(link.utmTemplates, utm),
    description: replaced(link.description, description),
    disclosedAs: replaced(link.disclosedAs, disclosedAs),
  };
}

function replaced<T>(old: T | undefined, wanted: T | null | undefined): T | undefined {
  return wanted === undefined ? old : (wanted ?? undefined);
}

/** What staff stopped, its partner does not start again. */
function refuseResume(link: StoredLink, change: LinkPatch, side: LinkSide): void {
  if (side === 'partner' && change.status === 'active' && link.status === 'paused' && link.pausedBy !== 'partner') {
    throw new Failure('forbidden', 'Your partner manager paused this link. Ask for it to be made active again.', {
      errors: [{ pointer: '/status', rule: 'was paused by staff' }],
    });
  }
}

function pick(link: StoredLink): LinkContent {
  return only(link, CONTENT);
}

function only(content: LinkContent, names: readonly (keyof LinkContent)[]): LinkContent {
  return Object.fromEntries(
    names.flatMap((name) => (content[name] === undefined ? [] : [[name, content[name]]])),
  ) as LinkContent;
}

function difference(a: LinkContent, b: LinkContent): readonly (keyof LinkContent)[] {
  return CONTENT.filter((name) => canonical(a[name]) !== canonical(b[name]));
}

/** Templates are the one value with fields; they are compared whatever their order. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}
