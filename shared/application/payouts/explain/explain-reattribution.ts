import type { ExplainedOrder, OrderReattribution } from '#shared/application/payouts/explain/explain-ports';
import type { ExplainedReattribution } from '#shared/application/payouts/explain/explanation';
import { partSentence, splitSentence } from '#shared/domain/explain/explain-split-words';
import { attributionSentence } from '#shared/domain/explain/explain-words';

type OnlyPartners = readonly string[] | undefined;

const isShown = (partnerId: string | undefined, onlyPartners: OnlyPartners): boolean =>
  !onlyPartners || (partnerId !== undefined && onlyPartners.includes(partnerId));

/** How the sale was attributed when it was recorded, whoever has it now. A partner never reads who had it before. */
export function firstAttributionSentence(
  { conversion, reattributions = [] }: ExplainedOrder,
  onlyPartners: OnlyPartners,
): string {
  const { credits, credit, partnerId: holder } = conversion;
  if (credits) return splitSentence(credits);
  if (credit && holder !== undefined) return partSentence(holder, credit, conversion);
  const [first] = reattributions;
  const { why } = conversion.attribution;
  if (!first) return attributionSentence(why, conversion.partnerId);
  const { partnerId } = first.before;
  if (partnerId !== undefined && !isShown(partnerId, onlyPartners)) return 'It was first attributed otherwise.';
  return `When it was recorded: ${attributionSentence(why, partnerId)}`;
}

/** Each time the sale went to another partner; to a partner only those that gave it the sale. */
export function reattributionParts(
  { reattributions = [] }: ExplainedOrder,
  onlyPartners: OnlyPartners,
): readonly ExplainedReattribution[] {
  return reattributions
    .filter(({ after }) => isShown(after.partnerId, onlyPartners))
    .map((record) => ({
      reattributionId: record.reattributionId,
      at: record.at,
      partnerId: record.after.partnerId,
      period: record.after.period,
      disputeId: record.disputeId,
      reason: onlyPartners ? undefined : record.reason,
      sentence: sentenceOf(record, onlyPartners),
    }));
}

function sentenceOf({ at, after, reason, disputeId }: OrderReattribution, onlyPartners: OnlyPartners): string {
  const why = disputeId === undefined ? 'a manager decided so' : `dispute ${disputeId} was decided so`;
  const words = onlyPartners ? '' : `, "${reason}"`;
  return `It went to partner ${after.partnerId ?? 'nobody'} at ${at}, because ${why}${words}: it counts in ${after.period}.`;
}
