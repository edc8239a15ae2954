import type { Explanation } from '#shared/application/payouts/explain/explanation';

/** An explanation as the API shows it. */
export function explanationAnswer(explanation: Explanation): Record<string, unknown> {
  const { amountMinor, currency, partnerId, reattributions, parts, ...rest } = explanation;
  const moved = reattributions.map((one) => ({ ...one, partnerId: one.partnerId ?? null }));
  const split = parts ? { parts: parts.map(explanationAnswer) } : {};
  return {
    ...rest,
    ...split,
    reattributions: moved,
    partnerId: partnerId ?? null,
    amount: { minor: amountMinor, currency },
  };
}
