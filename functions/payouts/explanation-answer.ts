import type { Explanation } from '#shared/application/payouts/explain/explanation';

/** An explanation as the API shows it. */
export function explanationAnswer(explanation: Explanation): Record<string, unknown> {
  const { amountMinor, currency, partnerId, reattributions, ...rest } = explanation;
  const moved = reattributions.map((one) => ({ ...one, partnerId: one.partnerId ?? null }));
  return { ...rest, reattributions: moved, partnerId: partnerId ?? null, amount: { minor: amountMinor, currency } };
}
