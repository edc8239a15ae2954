import { Failure } from '#shared/application/failure';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { Hold } from '#shared/application/referrals/holds/hold-ports';
import type { ConversionStore, OrderRecord, ReattributionStore } from '#shared/application/referrals/ports';
import { isTooLargeToMove, restampOrder } from '#shared/application/referrals/sales/restamp-order';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { type HoldDecision, holdDecisionRefusal, VOIDED } from '#shared/domain/fraud/hold';
import { toInstant } from '#shared/domain/time/instant';

export type DecideHoldInput = {
  readonly programId: string;
  readonly orderId: string;
  readonly decision: HoldDecision;
  readonly reason: string;
  /** The same for a repeat of the same request. */
  readonly decisionId: string;
  readonly by: string;
  /** Partners that the caller acts for. */
  readonly ownPartners?: readonly string[] | undefined;
};

export type DecideHold = (input: DecideHoldInput) => Promise<OrderRecord & { readonly hold: Hold }>;

/**
 * Ends a hold, once and for good: released, the sale earns as if it had not been held, in its own month while that is open, else
 * in the first open one; voided, it never earns. Sale, refunds, hold and an append-only record are one transaction, conditional
 * on what was read, so that a refund or another manager at the same moment makes it look again; whatever a closed month has
 * read stays for it as a copy.
 * @throws Failure unknown_program, not_found, second_person_required (the caller's own partner), hold_refused,
 * temporarily_unavailable
 */
export function makeDecideHold(
  deps: {
    readonly conversions: Pick<ConversionStore, 'findOrder'>;
    readonly reattributions: ReattributionStore;
    readonly programs: ProgramReader;
    readonly clock: Clock;
  } & RetryDeps,
): DecideHold {
  return async ({ programId, orderId, decision, reason, decisionId, by, ownPartners = [] }) => {
    await deps.programs.get(programId);
    return retryContended(deps, async () => {
      const order = await deps.conversions.findOrder(programId, orderId);
      const hold = order?.hold;
      if (!order || !hold) throw noHold();
      const made = hold.decision;
      if (made?.decisionId === decisionId && made.decision === decision) return { ...order, hold };
      const refusal = holdDecisionRefusal(hold, { ownPartners });
      if (refusal === 'own_partner') {
        throw new Failure('second_person_required', 'You act for a partner of this sale: ask somebody else to decide.');
      }
      if (refusal === 'not_open') throw notOpen(hold);
      if (isTooLargeToMove(order)) throw tooLarge();
      // After the order: a month that closes from here on waits for this write before it reads (design.md, Closing a month).
      const { closedThrough } = await deps.programs.get(programId);
      const at = toInstant(deps.clock());
      const to = { partnerId: order.conversion.partnerId, earnsNothing: decision === 'void' ? VOIDED : undefined };
      const said = { reattributionId: decisionId, at, by, reason, kind: decision };
      const change = restampOrder(order, to, said, closedThrough);
      const decided: Hold = {
        ...hold,
        period: change.conversion.period,
        status: decision === 'void' ? 'voided' : 'released',
        decision: { decisionId, decision, reason, by, at },
      };
      if ((await deps.reattributions.save(order, { ...change, hold: decided })) === 'contended') return 'contended';
      const { record, ...now } = change;
      const holdRecords = [...(order.holdRecords ?? []), record];
      return { ...order, ...now, hold: decided, holdRecords };
    });
  };
}

/** Also for an order that was never held: there is nothing to see. */
export function noHold(): Failure {
  return new Failure('not_found', 'No such sale was ever held. Look at the list of holds.', {
    errors: [{ pointer: 'path:orderId', rule: 'is not the order of a hold' }],
  });
}

function notOpen({ status, decision }: Hold): Failure {
  const who = decision ? ` by ${decision.by} at ${decision.at}` : '';
  return new Failure('hold_refused', `The sale was ${status}${who}; that stays. Correct an amount by an adjustment.`, {
    errors: [{ pointer: 'path:orderId', rule: 'is not held any more' }],
    extra: { reason: 'not_open', holdStatus: status },
  });
}

function tooLarge(): Failure {
  return new Failure('hold_refused', 'It has too many refunds to be moved at once. Post an adjustment instead.', {
    errors: [{ pointer: 'path:orderId', rule: 'has too many refunds' }],
    extra: { reason: 'too_many_refunds' },
  });
}
