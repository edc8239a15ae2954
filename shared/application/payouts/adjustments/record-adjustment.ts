import { Failure } from '#shared/application/failure';
import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type {
  Adjustment,
  AdjustmentContent,
  AdjustmentLinks,
  AdjustmentStore,
} from '#shared/application/payouts/adjustments/adjustment-ports';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { periodOfRefundOrAdjustment } from '#shared/domain/facts/facts';
import { isAlwaysProposed, limitOf, type ReasonCode } from '#shared/domain/ledger/adjustment';
import type { Currency } from '#shared/domain/money/money';
import { nextPeriod } from '#shared/domain/time/calendar';
import { type Instant, toInstant } from '#shared/domain/time/instant';

export type RecordAdjustment = (input: {
  readonly programId: string;
  readonly adjustmentId: string;
  readonly partnerId: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly occurredAt: Instant;
  readonly reason: string;
  /** Default: `other`. */
  readonly reasonCode?: ReasonCode | undefined;
  readonly links?: AdjustmentLinks | undefined;
  readonly by: string;
  /** The person who made the API key that calls. */
  readonly onBehalfOf?: string | undefined;
  readonly isApiKey?: boolean | undefined;
  /** The maker may ask for it, but not grant it: proposed whatever the amount. */
  readonly needsSecondPerson?: boolean | undefined;
  /** Partners that the caller acts for. */
  readonly ownPartners?: readonly string[] | undefined;
}) => Promise<Adjustment>;

/**
 * Records an adjustment in the month of `occurredAt`, or in the first open one (design.md, Commission semantics 1).
 * 1. Above the programme's limit it is only proposed, and pays nothing until a second person approves: by itself, or together
 *    with what the same maker recorded alone for this partner, currency and period in the same direction; also when it is dated
 *    ahead, or made for the maker's own partner. An API key proposes nothing: whoever holds it may be the second person.
 * 2. Every attempt stamps the period anew, so that the drain of a close waits for it.
 * A repeat with the same id answers the first. Who made it is kept: that person cannot approve the run that pays it.
 * @throws Failure unknown_program, unknown_partner, person_required, temporarily_unavailable
 */
export function makeRecordAdjustment(
  deps: {
    readonly programs: ProgramReader;
    readonly partners: Pick<PartnerTermsReader, 'terms'>;
    readonly adjustments: Pick<AdjustmentStore, 'record' | 'propose' | 'find'>;
    readonly clock: Clock;
  } & RetryDeps,
): RecordAdjustment {
  return async (input) => {
    const { programId, by, onBehalfOf, isApiKey = false, needsSecondPerson = false, ...rest } = input;
    const { ownPartners = [], reasonCode = 'other', ...given } = rest;
    await deps.programs.get(programId);
    if (!(await deps.partners.terms(programId, given.partnerId))) throw unknownPartner();
    return retryContended(deps, async () => {
      const known = await deps.adjustments.find(programId, given.adjustmentId);
      if (known) return known;
      // Read again, just before the write, so that the stamped period is fresh.
      const { closedThrough, timeZone, controls } = await deps.programs.get(programId);
      const content: AdjustmentContent = {
        ...given,
        reasonCode,
        period: periodOfRefundOrAdjustment(given.occurredAt, closedThrough, deps.programs.zone(timeZone)),
        recordedBy: by,
        ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
      };
      const at = toInstant(deps.clock());
      const limitMinor = limitOf(reasonCode, controls);
      const proposes = isAlwaysProposed(content, {
        limitMinor,
        firstOpen: nextPeriod(closedThrough),
        now: at,
        ownPartners,
      });
      const outcome =
        needsSecondPerson || proposes
          ? 'above_limit'
          : await deps.adjustments.record(programId, { ...content, recordedAt: at }, limitMinor);
      if (outcome === 'contended') return 'contended';
      if (outcome === 'above_limit') {
        if (isApiKey) throw personRequired(limitMinor);
        await deps.adjustments.propose(programId, { ...content, proposedAt: at });
      }
      const stored = await deps.adjustments.find(programId, given.adjustmentId);
      if (!stored) throw new Error(`adjustment ${given.adjustmentId} was stored, but is not there`);
      return stored;
    });
  };
}

function unknownPartner(): Failure {
  return new Failure('unknown_partner', 'Enrol the partner first, or correct the partner id.', {
    errors: [{ pointer: '/partnerId', rule: 'must be the id of a partner of this programme' }],
  });
}

function personRequired(limitMinor: bigint | undefined): Failure {
  return new Failure(
    'person_required',
    `This adjustment needs two people: alone, an API key's maker may record up to ${limitMinor} minor units for a partner and ` +
      'month, dated no later than now and the first open month. Sign in as a person to propose it.',
    { extra: { adjustmentLimitMinor: limitMinor } },
  );
}
