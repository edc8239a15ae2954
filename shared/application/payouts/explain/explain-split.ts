import type { ExplainedOrder } from '#shared/application/payouts/explain/explain-ports';
import { type Base, consequencesStory, factsStory } from '#shared/application/payouts/explain/explain-story';
import type { Explanation } from '#shared/application/payouts/explain/explanation';
import { money } from '#shared/domain/explain/explain-words';

/**
 * One partner's part of a split sale as a sale of its own: its amounts and refunds, with what is kept of the whole once.
 * `undefined`: none of these partners has a part. What the money was before it was converted stays with the whole.
 */
export function partOfOrder(order: ExplainedOrder, partnerIds: readonly string[]): ExplainedOrder | undefined {
  const { parts, conversion: whole, ...kept } = order;
  const part = parts?.find(
    ({ conversion: { partnerId } }) => partnerId !== undefined && partnerIds.includes(partnerId),
  );
  if (!part) return undefined;
  const { attribution, signals } = whole;
  return { ...kept, conversion: { ...part.conversion, attribution, signals }, refunds: part.refunds };
}

/** A split sale as staff see it: the whole, and the explanation of each part. */
export function wholeOfParts(base: Base, parts: readonly Explanation[]): Explanation {
  const sum = (of: (part: Explanation) => bigint): bigint => parts.reduce((total, part) => total + of(part), 0n);
  const earnedMinor = sum((part) => part.earnedMinor);
  const clawbackMinor = sum((part) => part.clawbackMinor);
  const estimate = parts.some((part) => part.estimate);
  const statements = [...parts.flatMap((part) => part.statements), ...base.statements];
  const told = {
    ...base,
    parts,
    status: parts.some(({ status }) => status === 'attributed') ? ('attributed' as const) : ('earns_nothing' as const),
    estimate,
    earnedMinor,
    clawbackMinor,
    decisions: [],
    clawbacks: [],
    statements: [...new Map(statements.map((statement) => [statement.statementId, statement])).values()],
  };
  const verb = estimate ? 'would earn' : 'earned';
  const left = money(earnedMinor + clawbackMinor, base.currency);
  const summary = `It ${verb} its ${parts.length} partners ${left} together: ${parts.length} parts, each by its partner's own terms.`;
  const ofParts = parts.map((part) => `${part.partnerId}: ${part.summary}`);
  return { ...told, summary, story: [...factsStory(base), ...ofParts, ...consequencesStory(told)] };
}
