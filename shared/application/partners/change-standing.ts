import { Failure } from '#shared/application/failure';
import type { AgreementWrites } from '#shared/application/partners/agreement-ports';
import type { PartnerStore, Standing, TierChange } from '#shared/application/partners/ports';
import { makeTermFinder, scheduleOf } from '#shared/domain/partner/terms';
import type { TierScheme } from '#shared/domain/partner/tiers/tier-scheme';
import type { Instant } from '#shared/domain/time/instant';

/** Two people seldom change one partner at once; more tries than this mean a fault. */
const MAX_ATTEMPTS = 5;

/** A partner's record stays far below DynamoDB's 400 kB item and is read in one piece by every close. */
export const MAX_TERMS = 500;

/**
 * Reads a partner's standing, changes it and saves it with the tier change that follows, again if somebody else was faster.
 * `change` answers the changed standing, or `undefined` when there is nothing to do (a repeat). It reads the programme
 * itself, so that what it stamps is as fresh in a late attempt as in the first. `writes` is asked after it. Without the
 * programme's tiers a change of tier that has begun by itself is left to the next review to tell.
 * @throws Failure not_found, temporarily_unavailable
 */
export async function changeStanding(
  partners: PartnerStore,
  at: { programId: string; partnerId: string; now: Instant; scheme?: TierScheme | undefined },
  change: (standing: Standing) => Promise<Standing | undefined> | Standing | undefined,
  writes: () => AgreementWrites = () => ({}),
): Promise<Standing> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const before = await partners.standing(at.programId, at.partnerId);
    if (!before) throw new Failure('not_found', 'There is no such partner.');
    const changed = await change(before);
    if (!changed) return before;
    const { standing, announcement } = at.scheme
      ? announce(changed, at.now, at.scheme)
      : { standing: changed, announcement: undefined };
    if (standing === before) return before;
    if ((await partners.save(standing, announcement, writes())) === 'saved') return standing;
  }
  throw new Failure('temporarily_unavailable', 'Others are changing this partner. Repeat the request in a moment.');
}

/** The tier change to tell of when the tier in force is not the one the partner was last told of. */
export function announce(
  standing: Standing,
  now: Instant,
  scheme: TierScheme,
): { standing: Standing; announcement: TierChange | undefined } {
  const term = makeTermFinder(scheduleOf(standing.tiers))(now);
  if (!term || term.tier === standing.announcedTier) return { standing, announcement: undefined };
  const sequence = standing.tierChanges + 1;
  const direction = directionOf(scheme, standing.announcedTier, term.tier);
  return {
    standing: { ...standing, announcedTier: term.tier, tierChanges: sequence },
    announcement: {
      programId: standing.programId,
      partnerId: standing.partnerId,
      sequence,
      from: standing.announcedTier,
      to: term.tier,
      ...(direction === undefined ? {} : { direction }),
      effectiveFrom: term.from,
      source: term.source,
      reason: term.reason,
      recordedAt: now,
    },
  };
}

/** A tier that the scheme does not name is neither above nor below another. */
function directionOf({ tiers }: TierScheme, from: string, to: string): TierChange['direction'] {
  const [before, after] = [from, to].map((name) => tiers.findIndex(({ tier }) => tier === name));
  if (before === undefined || after === undefined || before < 0 || after < 0) return undefined;
  return before < after ? 'up' : 'down';
}

export function nextSequence(terms: readonly { sequence: number }[]): number {
  return terms.reduce((highest, term) => Math.max(highest, term.sequence), 0) + 1;
}

/** @throws Failure invalid_request when a list is full */
export function requireRoom(list: readonly unknown[]): void {
  if (list.length >= MAX_TERMS) {
    throw new Failure('invalid_request', `A partner can have at most ${MAX_TERMS} of these. Enrol a new partner id.`);
  }
}
