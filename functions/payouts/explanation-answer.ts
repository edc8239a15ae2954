import type { Explanation } from '#shared/application/payouts/explanation';

/** An explanation as the API shows it. */
export function explanationAnswer(explanation: Explanation): Record<string, unknown> {
  const { amountMinor, currency, partnerId, ...rest } = explanation;
  return { ...rest, partnerId: partnerId ?? null, amount: { minor: amountMinor, currency } };
}
