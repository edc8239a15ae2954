import type { Payee } from '#shared/application/payees';
import type { Rail, RailAnswer } from '#shared/application/payouts/paying/rail';

/** A rail that keeps by payout id what it was asked to pay, and answers as it is told; a refusal stands too. */
export function makeFakeRail(
  answers: (payoutId: string, call: number) => RailAnswer['outcome'] = () => 'accepted',
): Rail & {
  readonly paid: ReadonlyMap<string, { readonly amountMinor: bigint; readonly payee: Payee }>;
  readonly calls: readonly string[];
} {
  const paid = new Map<string, { amountMinor: bigint; payee: Payee }>();
  const refused = new Set<string>();
  const calls: string[] = [];
  return {
    paid,
    calls,
    submit: async ({ payoutId, amountMinor }, payee) => {
      calls.push(payoutId);
      const outcome = answers(payoutId, calls.filter((id) => id === payoutId).length);
      if (!paid.has(payoutId) && !refused.has(payoutId)) {
        if (outcome === 'rejected' || payee.rail !== 'sandbox') refused.add(payoutId);
        else paid.set(payoutId, { amountMinor, payee });
      }
      if (outcome === 'unknown') return { outcome };
      if (refused.has(payoutId)) return { outcome: 'rejected', reason: 'account closed' };
      return { outcome: 'accepted', reference: `ref-${payoutId}` };
    },
    find: async ({ payoutId }) => {
      if (refused.has(payoutId)) return { state: 'failed', reason: 'account closed' };
      return paid.has(payoutId) ? { state: 'accepted', reference: `ref-${payoutId}` } : { state: 'never_seen' };
    },
  };
}
