import { Failure } from '#shared/application/failure';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { PartnerDirectory } from '#shared/application/referrals/ports';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { checkDestination } from '#shared/application/tracking/check-destination';
import type { LinkStore, StoredLink } from '#shared/application/tracking/ports';
import { requirePartner } from '#shared/application/tracking/require-partner';
import { toInstant } from '#shared/domain/time/instant';
import { toCrockford } from '#shared/domain/tracking/code';

/** 45 bits: not a secret, only unlikely to meet another. */
const SLUG_LENGTH = 9;

export type CreateLinkInput = {
  readonly programId: string;
  readonly partnerId: string;
  readonly destination: string;
  readonly slug?: string | undefined;
  readonly campaign?: string | undefined;
  /** Id of the request: the same when it is repeated. */
  readonly linkId: string;
};

export type CreateLinkOutput = { readonly link: StoredLink; readonly repeated: boolean };

/**
 * Creates a link under a slug that is unique in the installation.
 * 1. Check programme, partner and destination.
 * 2. Store it under the slug wanted, or one made from the request's id, so that a repeat makes the same.
 * 3. A slug that exists answers its link when that is this one.
 * @throws Failure unknown_program, unknown_partner, destination_not_allowed, slug_taken, temporarily_unavailable
 */
export function makeCreateLink(
  deps: {
    readonly links: LinkStore;
    readonly programs: ProgramReader;
    readonly partners: PartnerDirectory;
    readonly clock: Clock;
    readonly digest: Digest;
  } & RetryDeps,
): (input: CreateLinkInput) => Promise<CreateLinkOutput> {
  return async ({ slug, ...input }) => {
    const destination = checkDestination(input.destination);
    await deps.programs.get(input.programId);
    await requirePartner(deps.partners, input.programId, input.partnerId);
    let round = 0;
    return retryContended(deps, async () => {
      const wanted = slug ?? slugFrom(`${input.linkId}/${round}`, deps.digest);
      const link = { ...input, slug: wanted, destination, createdAt: toInstant(deps.clock()) };
      const outcome = await deps.links.add(link);
      if (outcome === 'added') return { link, repeated: false };
      if (outcome === 'contended') return outcome;
      const existing = await deps.links.find(wanted);
      if (existing && isSame(existing, link, slug !== undefined)) return { link: existing, repeated: true };
      if (slug !== undefined) throw slugTaken();
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

/** A slug chosen by the caller is the business key; one made here only belongs to its own request. */
function isSame(existing: StoredLink, link: StoredLink, isChosen: boolean): boolean {
  return (
    existing.programId === link.programId &&
    existing.partnerId === link.partnerId &&
    existing.destination === link.destination &&
    existing.campaign === link.campaign &&
    (isChosen || existing.linkId === link.linkId)
  );
}

function slugTaken(): Failure {
  return new Failure('slug_taken', 'Choose another slug, or leave it out to have one made.', {
    errors: [{ pointer: '/slug', rule: 'is taken' }],
  });
}
