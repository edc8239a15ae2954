import type { RailAnswer, RailFinding } from '#shared/application/payouts/paying/rail';
import type { RailRequest } from '#shared/application/payouts/paying/rail-requests';
import type { Payout } from '#shared/domain/ledger/payout';

/** Longer than any request can be under way: what is not listed by then was never taken. */
const QUIET_AFTER_MS = 3_600_000;

export const OTHER_ACCOUNT =
  'It was sent from another account than the one that is set up now. Set that one up again, or look at it there.';

export const REPLACED_PAYEE = {
  outcome: 'rejected',
  reason: 'The payee was replaced before the rail had the payout. The next run pays it.',
} as const satisfies RailAnswer;

/** The payout at its rail, for ever. Several programmes may use one account, and payout ids are unique in a programme only. */
export function railKeyOf({ programId, payoutId }: Pick<Payout, 'programId' | 'payoutId'>): string {
  return `${programId}/${payoutId}`;
}

/** Whether nothing of it can be under way any more. */
export function hasGoneQuiet({ lastSentAt }: RailRequest, nowMs: number): boolean {
  return nowMs - Date.parse(lastSentAt) >= QUIET_AFTER_MS;
}

/** What a submission answers when the rail has the payout already. A return is booked by whoever asks next: it was accepted first. */
export function answerOf(finding: Exclude<RailFinding, { state: 'never_seen' }>): RailAnswer {
  switch (finding.state) {
    case 'accepted':
    case 'returned':
      return { outcome: 'accepted', reference: finding.reference };
    case 'settled':
      return { outcome: 'accepted', reference: finding.reference, settled: true };
    case 'failed':
      return { outcome: 'rejected', reason: finding.reason };
    case 'unknown':
      return { outcome: 'unknown', reason: finding.reason };
  }
}
