import { Failure } from '#shared/application/failure';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { PartnerDirectory } from '#shared/application/referrals/ports';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { checkDestination } from '#shared/application/tracking/links/check-destination';
import { refuseOwnWords, requireHosts } from '#shared/application/tracking/links/link-rules';
import type { LinkSide, LinkStore, StoredLink } from '#shared/application/tracking/ports';
import { requirePartner } from '#shared/application/tracking/require-partner';
import { type Instant, toInstant } from '#shared/domain/time/instant';
import { toCrockford } from '#shared/domain/tracking/code';
import { reservedWordIn } from '#shared/domain/tracking/slug';
import { resolveUtm, type UtmTemplates } from '#shared/domain/tracking/utm';

/** 45 bits: not a secret, only unlikely to meet another. */
const SLUG_LENGTH = 9;
/** So that nobody takes all good slugs of the installation: those that a partner makes itself, whatever became of them. */
const MAX_OWN_LINKS = 1_000;

export type CreateLinkInput = {
  readonly programId: string;
  readonly partnerId: string;
  readonly destination: string;
  readonly slug?: string | undefined;
  readonly campaign?: string | undefined;
  readonly utm?: UtmTemplates | undefined;
  readonly description?: string | undefined;
  readonly disclosedAs?: string | undefined;
  readonly validUntil?: Instant | undefined;
  /** Id of the request: the same when it is repeated. */
  readonly linkId: string;
  readonly side: LinkSide;
};

export type CreateLinkOutput = { readonly link: StoredLink; readonly repeated: boolean };

/**
 * Creates a link under a slug that is unique in the installation and is not taken for another partner's.
 * 1. Check slug, programme, partner and destination; resolve the UTM templates, so that a redirect reads nothing else.
 * 2. Store it under the slug wanted, or one made from the request's id, so that a repeat makes the same.
 * 3. A slug that exists answers its link when that is this one.
 * @throws Failure slug_reserved, unknown_program, unknown_partner, destination_not_allowed, forbidden, slug_taken,
 * slug_looks_alike, too_many_links, temporarily_unavailable
 */
export function makeCreateLink(
  deps: {
    readonly links: Pick<LinkStore, 'add' | 'find'>;
    readonly programs: ProgramReader;
    readonly partners: PartnerDirectory;
    readonly clock: Clock;
    readonly digest: Digest;
  } & RetryDeps,
): (input: CreateLinkInput) => Promise<CreateLinkOutput> {
  return async ({ slug, side, utm: utmTemplates, ...input }) => {
    if (slug !== undefined) refuseReserved(slug);
    const { tracking } = await deps.programs.get(input.programId);
    const destination = checkDestination(input.destination, tracking.destinationHosts);
    requireHosts(side, tracking.destinationHosts);
    refuseOwnWords(side, input);
    await requirePartner(deps.partners, input.programId, input.partnerId);
    let round = 0;
    return retryContended(deps, async () => {
      const wanted = slug ?? slugFrom(`${input.linkId}/${round}`, deps.digest);
      const utm = resolveUtm(tracking.utm ?? {}, utmTemplates ?? {}, { ...input, slug: wanted }) || undefined;
      const createdAt = toInstant(deps.clock());
      const link: StoredLink = { ...input, slug: wanted, destination, status: 'active', utm, utmTemplates, createdAt };
      const isReserved = slug === undefined && reservedWordIn(wanted) !== undefined;
      const outcome = isReserved ? 'taken' : await deps.links.add(link, side === 'partner' ? MAX_OWN_LINKS : undefined);
      if (outcome === 'added') return { link, repeated: false };
      if (outcome === 'contended') return outcome;
      if (outcome === 'too_many') throw tooManyLinks();
      const existing = outcome === 'taken' ? await deps.links.find(wanted) : undefined;
      if (existing && isSame(existing, link, slug !== undefined)) return { link: existing, repeated: true };
      if (slug !== undefined) throw outcome === 'taken' ? slugTaken() : slugLooksAlike();
      round += 1;
      return 'contended';
    });
  };
}

function slugFrom(seed: string, digest: Digest): string {
  return toCrockford(
    Uint8Array.from(digest(seed).match(/../g) ?? [], (hex) => Number.parseInt(hex, 16)),
    SLUG_LENGTH,
  ).toLowerCase();
}

/** A slug chosen by the caller is the business key; one made here only belongs to its own request, changed since or not. */
function isSame(existing: StoredLink, link: StoredLink, isChosen: boolean): boolean {
  if (existing.programId !== link.programId || existing.partnerId !== link.partnerId) return false;
  return existing.linkId === link.linkId || (isChosen && asSent(existing) === asSent(link));
}

/** What its creator says about a link; what the programme adds to it may have changed since. */
function asSent({ destination, campaign, utmTemplates, description, disclosedAs, validUntil }: StoredLink): string {
  const { source, medium, campaign: ofUtm, term, content } = utmTemplates ?? {};
  const utm = [source, medium, ofUtm, term, content];
  return JSON.stringify([destination, campaign, utm, description, disclosedAs, validUntil]);
}

function refuseReserved(slug: string): void {
  const found = reservedWordIn(slug);
  if (!found) return;
  const why = {
    own_route: 'is a word of our own addresses',
    impersonating: 'would seem to speak for the shop or to ask for a secret',
    offensive: 'would offend customers',
  }[found.why];
  throw new Failure('slug_reserved', 'Choose another slug, or leave it out to have one made.', {
    errors: [{ pointer: '/slug', rule: `must not be or contain "${found.word}", which ${why}` }],
  });
}

function tooManyLinks(): Failure {
  return new Failure(
    'too_many_links',
    `Use a link that you have, with sub1 to sub5 to tell its places apart: partners make at most ${MAX_OWN_LINKS} themselves. ` +
      'Your partner manager can make more.',
  );
}

function slugTaken(): Failure {
  return new Failure('slug_taken', 'Choose another slug, or leave it out to have one made.', {
    errors: [{ pointer: '/slug', rule: 'is taken' }],
  });
}

function slugLooksAlike(): Failure {
  return new Failure(
    'slug_looks_alike',
    'Choose a slug that differs in more than o and 0, l, i and 1, rn and m, vv and w, or dashes.',
    {
      errors: [{ pointer: '/slug', rule: "reads like another partner's slug" }],
    },
  );
}
