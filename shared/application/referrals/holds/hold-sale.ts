import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { holdOfSale } from '#shared/application/referrals/holds/hold-of-sale';
import type { ConversionStore, ReattributionStore } from '#shared/application/referrals/ports';
import { isTooLargeToMove, restampOrder } from '#shared/application/referrals/sales/restamp-order';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import type { FraudSignal } from '#shared/domain/fraud/fraud-signal';
import { HELD } from '#shared/domain/fraud/hold';
import { toInstant } from '#shared/domain/time/instant';

const DAY_MS = 86_400_000;

/** Who holds sales without being asked; no person, so that nobody is kept from approving by it. */
export const REVIEWER = 'system:fraud-review';

export type HoldSale = (input: {
  readonly programId: string;
  readonly orderId: string;
  readonly signal: FraudSignal;
}) => Promise<'held' | 'left'>;

/**
 * Holds a sale that was recorded before, because of a signal that was found since, with an append-only record. Left alone is
 * what earns nothing anyway, what was held before (people have decided on it, or will), what a closed month has read, and what
 * is too large to move at once.
 * @throws Failure unknown_program, temporarily_unavailable
 */
export function makeHoldSale(
  deps: {
    readonly conversions: Pick<ConversionStore, 'findOrder'>;
    readonly reattributions: ReattributionStore;
    readonly programs: ProgramReader;
    readonly clock: Clock;
  } & RetryDeps,
): HoldSale {
  return ({ programId, orderId, signal }) =>
    retryContended(deps, async () => {
      const order = await deps.conversions.findOrder(programId, orderId);
      const { closedThrough, fraud } = await deps.programs.get(programId);
      if (!order || order.hold || isTooLargeToMove(order)) return 'left';
      const { partnerId, earnsNothing, period, signals: known = [] } = order.conversion;
      if (earnsNothing !== undefined || period <= closedThrough) return 'left';
      const now = deps.clock();
      const at = toInstant(now);
      const holdUntil = toInstant(now + fraud.holdDeadlineDays * DAY_MS);
      const to = { partnerId, earnsNothing: HELD, signals: [...known, signal], holdUntil };
      const reattributionId = `hold~${orderId}`;
      const said = { reattributionId, at, by: REVIEWER, reason: signal.evidence, kind: 'hold' as const };
      const change = restampOrder(order, to, said, closedThrough);
      const hold = holdOfSale(change.conversion, at);
      return (await deps.reattributions.save(order, { ...change, hold })) === 'contended' ? 'contended' : 'held';
    });
}
