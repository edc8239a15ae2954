import { Failure } from '#shared/application/failure';
import { otherRequest } from '#shared/application/partners/change-dispute';
import type { Dispute, DisputeStore, Evidence, FilingLimits } from '#shared/application/partners/dispute-ports';
import type { PartnerStore } from '#shared/application/partners/ports';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { factsOfPartner, type ReferralFacts } from '#shared/application/referral-facts';
import type { Currency } from '#shared/domain/money/money';
import { answerByOf, type DisputeKind } from '#shared/domain/partner/dispute';
import { toInstant } from '#shared/domain/time/instant';

/**
 * Of one partner. Each dispute is work for staff: the second limit, which no withdrawal gives back, keeps a partner from filing
 * made-up order ids.
 */
export const FILING_LIMITS: FilingLimits = { open: 50, aDay: 25 };
/** Staff file for a partner, and may read orders anyway: enough for a whole month that went wrong. */
export const STAFF_FILING_LIMITS: FilingLimits = { open: 500, aDay: 500 };
const MAX_ATTEMPTS = 5;

export type FileDispute = {
  readonly programId: string;
  readonly partnerId: string;
  /** The same for a repeat of the same request. */
  readonly disputeId: string;
  readonly orderId: string;
  readonly kind: DisputeKind;
  readonly statement: string;
  readonly expected?: { readonly amountMinor: bigint; readonly currency: Currency } | undefined;
  readonly evidence: readonly Evidence[];
  readonly by: string;
  /** On behalf of the partner. */
  readonly isStaff: boolean;
};

type Dependencies = {
  disputes: Pick<DisputeStore, 'file' | 'find'>;
  partners: Pick<PartnerStore, 'standing'>;
  programs: ProgramReader;
  orders: Pick<ReferralFacts, 'order'>;
  clock: Clock;
};

/**
 * Files a partner's claim about an order, which need not be recorded. Of the order it keeps for staff whether it was, and whose
 * it is. To be answered within the programme's `disputeAnswerDays`. A repeat of the same request answers what it filed.
 * @throws Failure unknown_program, not_found (the partner), dispute_open, too_many_disputes, idempotency_key_reused,
 * temporarily_unavailable
 */
export function makeFileDispute({ disputes, partners, programs, orders, clock }: Dependencies) {
  return async (input: FileDispute): Promise<Dispute> => {
    const { by, isStaff, ...claim } = input;
    const limits = isStaff ? STAFF_FILING_LIMITS : FILING_LIMITS;
    const { programId, partnerId } = claim;
    const program = await programs.get(programId);
    if (!(await partners.standing(programId, partnerId))) throw new Failure('not_found', 'There is no such partner.');
    const order = await orders.order(programId, claim.orderId);
    const filedAt = toInstant(clock());
    const dispute: Dispute = {
      ...claim,
      ...orderStateOf(order && factsOfPartner(order, partnerId).conversion),
      status: 'open',
      filedAt,
      filedBy: by,
      answerBy: answerByOf(filedAt, program.controls.disputeAnswerDays, programs.zone(program.timeZone)),
      decisions: [],
      messages: 0,
      messageBytes: 0,
      version: 1,
    };
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const filed = await disputes.file(dispute, limits);
      if (filed.outcome === 'filed') return dispute;
      if (filed.outcome === 'exists') {
        if (filed.openDisputeId !== dispute.disputeId) throw alreadyOpen(filed.openDisputeId);
        return repeated(dispute, await disputes.find(programId, dispute.disputeId));
      }
      if (filed.outcome !== 'contended') throw tooMany(filed.outcome, limits);
    }
    throw new Failure('temporarily_unavailable', 'Many requests of this partner come at once. Repeat this one.');
  };
}

/** What a dispute keeps of its order. */
export function orderStateOf(
  sale: { readonly partnerId: string | undefined } | undefined,
): Pick<Dispute, 'order' | 'orderPartnerId'> {
  if (!sale) return { order: 'not_recorded' };
  return { order: 'recorded', ...(sale.partnerId === undefined ? {} : { orderPartnerId: sale.partnerId }) };
}

/** Its id follows from the request: what is stored under it is what this request filed before its answer was lost. */
function repeated(asked: Dispute, stored: Dispute | undefined): Dispute {
  if (stored && claimOf(stored) === claimOf(asked)) return stored;
  throw otherRequest();
}

function claimOf({ partnerId, orderId, kind, statement, expected, evidence, filedBy }: Dispute): string {
  const amount = expected && [String(expected.amountMinor), expected.currency];
  const said = evidence.map((one) => [one.kind, one.value]);
  return JSON.stringify([partnerId, orderId, kind, statement, amount, said, filedBy]);
}

function alreadyOpen(disputeId: string): Failure {
  return new Failure('dispute_open', 'Add what is new to the dispute that is open about this order.', {
    errors: [{ pointer: '/orderId', rule: `is the order of dispute ${disputeId}, which is open` }],
    extra: { disputeId },
  });
}

function tooMany(outcome: 'too_many_open' | 'too_many_today', limits: FilingLimits): Failure {
  return outcome === 'too_many_open'
    ? new Failure(
        'too_many_disputes',
        `At most ${limits.open} may be open at once. Wait for an answer, or withdraw one.`,
      )
    : new Failure('too_many_disputes', `At most ${limits.aDay} may be filed a day. Go on tomorrow.`);
}
