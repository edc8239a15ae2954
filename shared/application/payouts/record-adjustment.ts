import { Failure } from '#shared/application/failure';
import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { AdjustmentStore, RecordedAdjustment } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { periodOfRefundOrAdjustment } from '#shared/domain/facts';
import { type Instant, toInstant } from '#shared/domain/instant';
import type { Currency } from '#shared/domain/money';

export type RecordAdjustment = (input: {
  readonly programId: string;
  readonly adjustmentId: string;
  readonly partnerId: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly occurredAt: Instant;
  readonly reason: string;
  readonly by: string;
  /** The person who made the API key that calls. */
  readonly onBehalfOf?: string | undefined;
}) => Promise<RecordedAdjustment>;

/**
 * Records an adjustment in the month of `occurredAt`, or in the first open one (design.md, Commission semantics 1).
 * A repeat with the same id answers the first. Who made it is kept: that person cannot approve the run that pays it.
 * @throws Failure unknown_program, unknown_partner
 */
export function makeRecordAdjustment(deps: {
  programs: ProgramReader;
  partners: Pick<PartnerTermsReader, 'terms'>;
  adjustments: Pick<AdjustmentStore, 'record'>;
  clock: Clock;
}): RecordAdjustment {
  return async ({ programId, by, ...given }) => {
    await deps.programs.get(programId);
    if (!(await deps.partners.terms(programId, given.partnerId))) {
      throw new Failure('unknown_partner', 'Enrol the partner first, or correct the partner id.', {
        errors: [{ pointer: '/partnerId', rule: 'must be the id of a partner of this programme' }],
      });
    }
    // Read again, just before the write, so that the stamped period is fresh.
    const program = await deps.programs.get(programId);
    const zone = deps.programs.zone(program.timeZone);
    const { adjustment } = await deps.adjustments.record(programId, {
      ...given,
      period: periodOfRefundOrAdjustment(given.occurredAt, program.closedThrough, zone),
      recordedBy: by,
      recordedAt: toInstant(deps.clock()),
    });
    return adjustment;
  };
}
