import type { FraudSignal } from '#shared/domain/fraud/fraud-signal';
import type { Instant } from '#shared/domain/time/instant';

/** What a review found of a partner; one a code, the last finding counts. */
export type PartnerSignal = FraudSignal & { readonly partnerId: string; readonly foundAt: Instant };

export type PartnerSignals = {
  keep(programId: string, signal: PartnerSignal): Promise<void>;
  /** All of a programme, by partner, then code. */
  list(programId: string): Promise<readonly PartnerSignal[]>;
  /** The day of the last review, `YYYY-MM-DD` in UTC. */
  reviewedOn(programId: string): Promise<string | undefined>;
  markReviewed(programId: string, day: string): Promise<void>;
};

/** What payouts and staff may read of it. */
export type PartnerSignalsReader = Pick<PartnerSignals, 'list'>;
