import type { Instant } from '../time/instant.ts';
import type { Payout, PayoutStatus, PayoutStep } from './payout.ts';

/** What a change rests on when it is not our own act: an answer of the rail, a report of the bank, or what two people saw. */
export type ChangeEvidence = {
  readonly source: 'rail' | 'bank_report' | 'person';
  /** By which the paper, the report or the rail's own record is found again. */
  readonly reference?: string | undefined;
  readonly note?: string | undefined;
  readonly documentSha256?: string | undefined;
  /** Of what was resolved: the resolution, and who proposed what `by` confirmed. */
  readonly resolutionId?: string | undefined;
  readonly proposedBy?: string | undefined;
};

export type ChangeOrigin = {
  /** Principal id, `system:rail` for what a rail answered or reported, `system:payouts` for what a run did. */
  readonly by: string;
  readonly evidence?: ChangeEvidence | undefined;
};

/** One change of a payout, written once with it: its history is these, numbered from 1 without a gap. */
export type PayoutRecord = ChangeOrigin & {
  readonly sequence: number;
  readonly from: PayoutStatus;
  readonly to: PayoutStatus;
  readonly at: Instant;
  readonly step: PayoutStep;
};

export const BY_RAIL = 'system:rail';
export const BY_PAYOUTS = 'system:payouts';

const OWN_STEPS: ReadonlySet<PayoutStep['type']> = new Set(['claim', 'keep_back', 'ask_again', 'no_answer']);

/** Whose word a step is when nobody says otherwise. A file answers nothing: that it was written is the run's own act. */
export function originOf(payout: Payout, { type }: PayoutStep): ChangeOrigin {
  const isOfFile = payout.endToEndId !== undefined && (type === 'accepted' || type === 'rejected');
  return { by: isOfFile || OWN_STEPS.has(type) ? BY_PAYOUTS : BY_RAIL };
}
