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
import { periodOfRefundOrAdjustment } from '#shared/domain/facts/facts';
import { limitOf, type ReasonCode } from '#shared/domain/ledger/adjustment';
import type { Currency } from '#shared/domain/money/money';
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
}) => Promise<Adjustment>;

/**
 * Records an adjustment in the month of `occurredAt`, or in the first open one (design.md, Commission semantics 1).
 * Above the programme's limit it is only proposed, and pays nothing until a second person approves: by itself, or together
 * with what the same maker recorded alone for this partner, currency and period in the same direction.
 * A repeat with the same id answers the first. Who made it is kept: that person cannot approve the run that pays it.
 * @throws Failure unknown_program, unknown_partner
 */
export function makeRecordAdjustment(deps: {
  programs: ProgramReader;
  partners: Pick<PartnerTermsReader, 'terms'>;
  adjustments: Pick<AdjustmentStore, 'record' | 'propose' | 'find'>;
  clock: Clock;
}): RecordAdjustment {
  return async ({ programId, by, onBehalfOf, reasonCode = 'other', ...given }) => {
    await deps.programs.get(programId);
    if (!(await deps.partners.terms(programId, given.partnerId))) {
      throw new Failure('unknown_partner', 'Enrol the partner first, or correct the partner id.', {
        errors: [{ pointer: '/partnerId', rule: 'must be the id of a partner of this programme' }],
      });
    }
    const known = await deps.adjustments.find(programId, given.adjustmentId);
    if (known) return known;
    // Read again, just before the write, so that the stamped period is fresh.
    const program = await deps.programs.get(programId);
    const zone = deps.programs.zone(program.timeZone);
    const content: AdjustmentContent = {
      ...given,
      reasonCode,
      period: periodOfRefundOrAdjustment(given.occurredAt, program.closedThrough, zone),
      recordedBy: by,
      ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    };
    const at = toInstant(deps.clock());
    const recorded = { ...content, recordedAt: at };
    const outcome = await deps.adjustments.record(programId, recorded, limitOf(reasonCode, program.controls));
    if (outcome === 'above_limit') await deps.adjustments.propose(programId, { ...content, proposedAt: at });
    const stored = await deps.adjustments.find(programId, given.adjustmentId);
    if (!stored) throw new Error(`adjustment ${given.adjustmentId} was stored, but is not there`);
    return stored;
  };
}
