import type { Payee } from '#shared/application/payees';
import type { Rail, RailAnswer } from '#shared/application/payouts/rail';

/** A rail that keeps what it was asked to pay by payout id, and answers as it is told. */
export function makeFakeRail(
  answers: (payoutId: string, call: number) => RailAnswer['outcome'] = () => 'accepted',
): Rail & {
  readonly paid: ReadonlyMap<string, { readonly amountMinor: bigint; readonly payee: Payee }>;
  readonly calls: readonly string[];
} {
  const paid = new Map<string, { amountMinor: bigint; payee: Payee }>();
  const calls: string[] = [];
  return {
    paid,
    calls,
    submit: async ({ payoutId, amountMinor }, payee) => {
      calls.push(payoutId);
      const outcome = answers(payoutId, calls.filter((id) => id === payoutId).length);
      if (outcome === 'rejected' && !paid.has(payoutId)) return { outcome, reason: 'account closed' };
      if (!paid.has(payoutId)) paid.set(payoutId, { amountMinor, payee });
      return outcome === 'unknown' ? { outcome } : { outcome: 'accepted', reference: `ref-${payoutId}` };
    },
  };
}
