import type { Amount, NoticeFacts, Tell } from '#shared/application/notifications/messages';
import type { ReadNextTier } from '#shared/application/notifications/telling/read-next-tier';
import { tellAll, toldEvent } from '#shared/application/notifications/telling/tell-all';
import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { StatementReader } from '#shared/application/payouts/ports';
import type { Log } from '#shared/application/ports';
import type { DomainEvent } from '#shared/contracts/events';
import type { Payout } from '#shared/domain/ledger/payout';
import type { Period } from '#shared/domain/time/instant';

export type PaymentEvent = Extract<
  DomainEvent,
  { type: 'statement.ready' | 'payout.approved' | 'payout.paid' | 'payout.failed' | 'payout.returned' }
>;

type Deps = {
  readonly tell: Tell;
  readonly statements: Pick<StatementReader, 'header'>;
  readonly payouts: Pick<Payouts, 'get'>;
  readonly payees: Pick<PartnerTermsReader, 'payeeOnRecord'>;
  readonly nextTier: ReadNextTier;
  readonly log: Log;
};

/**
 * Tells a partner that its statement is ready, and what becomes of its payouts, also why one that was approved waits; finance too
 * of one that failed or came back. The
 * reason of that is the rail's own and read here: it may name people, and is on no bus.
 * @throws Error when somebody was not told and should be
 */
export function makeTellPayments({ tell, statements, payouts, payees, nextTier, log }: Deps) {
  return async (event: PaymentEvent): Promise<void> =>
    event.type === 'statement.ready' ? statementReady(event) : payoutChanged(event);

  async function statementReady(event: Extract<PaymentEvent, { type: 'statement.ready' }>): Promise<void> {
    const { programId, partnerId, statementId, eventId } = event;
    const header = await statements.header(programId, statementId);
    if (!header) return log.warn('a statement that is ready is not stored', { eventId });
    const amount = (minor: bigint): Amount => ({ minor, currency: header.currency });
    const facts = {
      statementId,
      period: header.period,
      opening: amount(header.openingBalanceMinor),
      earned: amount(header.earnedMinor),
      clawback: amount(header.clawbackMinor),
      adjustment: amount(header.adjustmentMinor),
      payable: amount(header.payableMinor),
      carried: amount(header.closingBalanceMinor),
      ...(await standing(programId, partnerId, eventId)),
    };
    await tell(toldEvent(event), { audience: 'partner', partnerId }, { kind: event.type, facts });
  }

  /** Money is told of also when nobody can count referrals now: the statement is what was waited for. */
  async function standing(programId: string, partnerId: string, eventId: string) {
    try {
      const found = await nextTier(programId, partnerId);
      return found && { tier: found.tier, ...(found.next ? { next: found.next } : {}) };
    } catch (error) {
      log.warn('a statement is told without the distance to the next tier', { eventId, reason: String(error) });
      return undefined;
    }
  }

  /** What keeps an approved payout where it is, as of now: by the time its event is told that may be over. */
  async function whyItWaits(payout: Payout): Promise<Pick<NoticeFacts['payout.approved'], 'blocked' | 'usableFrom'>> {
    const { programId, partnerId, status, blockedReason: blocked } = payout;
    if (status !== 'created' || blocked === undefined) return {};
    if (blocked !== 'payee_cooling_down') return { blocked };
    const usableFrom = (await payees.payeeOnRecord(programId, partnerId))?.usableFrom;
    return { blocked, ...(usableFrom === undefined ? {} : { usableFrom }) };
  }

  async function payoutChanged(event: Exclude<PaymentEvent, { type: 'statement.ready' }>): Promise<void> {
    const { programId, partnerId, payoutId, type } = event;
    const amount = { minor: BigInt(event.amount.minor), currency: event.amount.currency };
    const facts = { payoutId, period: event.period as Period, amount };
    const partner = { audience: 'partner', partnerId } as const;
    if (type === 'payout.paid') return tell(toldEvent(event), partner, { kind: type, facts });
    const payout = await payouts.get(programId, payoutId);
    if (type === 'payout.approved') {
      const waits = payout ? await whyItWaits(payout) : undefined;
      return tell(toldEvent(event), partner, { kind: type, facts: { ...facts, ...waits } });
    }
    const reason = payout?.reason;
    const message = { kind: type, facts: { ...facts, partnerId, ...(reason === undefined ? {} : { reason }) } };
    return tellAll(tell, toldEvent(event), [partner, { audience: 'staff', roles: ['finance'] }], message);
  }
}
