import type { OrderDispute } from '#shared/application/payouts/explain/explain-ports';
import type { ExplainedDispute } from '#shared/application/payouts/explain/explanation';
import { disputeSentence } from '#shared/domain/explain/explain-dispute-words';

/** The disputes about an order; to a partner its own alone. */
export function disputeParts(
  disputes: readonly OrderDispute[],
  onlyPartners: readonly string[] | undefined,
): readonly ExplainedDispute[] {
  return disputes
    .filter(({ partnerId }) => !onlyPartners || onlyPartners.includes(partnerId))
    .map((dispute) => {
      const { disputeId, partnerId, kind, filedAt, endedAs } = dispute;
      const decisions = dispute.decisions.map(({ number, outcome, decidedAt, remedy }) => ({
        number,
        outcome,
        decidedAt,
        remedy,
      }));
      return {
        disputeId,
        partnerId,
        kind,
        filedAt,
        endedAs,
        decisions,
        sentence: disputeSentence({ ...dispute, decisions }),
      };
    });
}
