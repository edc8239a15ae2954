import { Failure, type FieldError } from '#shared/application/failure';
import type { Clock, Digest, Log } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { keptCustomerId } from '#shared/application/referrals/customers/customer-id';
import type { Code, CodeReader, ConversionStore } from '#shared/application/referrals/ports';
import { type CodeRefusal, refusalOf } from '#shared/application/referrals/redemptions/code-refusal';
import type { Redemption, RedemptionStore, Seat } from '#shared/application/referrals/redemptions/redemption-ports';
import { findSeat, nextRedemption } from '#shared/application/referrals/redemptions/take-seat';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import type { Money } from '#shared/domain/money/money';
import { type EpochMs, toInstant } from '#shared/domain/time/instant';
import { canonicalCode, isMistyped } from '#shared/domain/tracking/code';
import { type OfferTerms, type UnmetCondition, unmetConditions } from '#shared/domain/tracking/discount';

/** A checkout takes minutes; a seat must not be blocked for hours. */
const RESERVED_MS = 30 * 60_000;
const REDEMPTION_ID_LENGTH = 26;
/** A seat is taken in some 15 ms, and in a rush dozens wait for those of one shard. */
const FIRST_PAUSE_MS = 40;

export type RedeemCodeInput = {
  readonly programId: string;
  readonly code: string;
  readonly customerId: string;
  /** The basket the discount is for. */
  readonly spend?: Money | undefined;
  /** As the merchant knows it; a customer with a recorded sale is not new, whatever it says. */
  readonly isNewCustomer?: boolean | undefined;
};
export type RedeemCodeOutput = { readonly redemption: Redemption; readonly repeated: boolean };

type Deps = {
  readonly redemptions: RedemptionStore;
  readonly codes: CodeReader;
  readonly customers: Pick<ConversionStore, 'history'>;
  readonly programs: ProgramReader;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly log: Pick<Log, 'info'>;
} & RetryDeps;

/** Why a code is refused: for the log, never for who asks. */
type Refusal = CodeRefusal | 'mistyped' | 'unknown' | 'other_program' | 'exhausted' | 'used_by_customer';

/**
 * Reserves a code for a customer (design.md, Tracking).
 * 1. Find the code; mistyped, unknown, another programme's, disabled, out of time, exhausted and used up by the customer
 *    answer alike.
 * 2. Find the customer's next redemption. One that is reserved is answered again, on the terms it was reserved on and with the
 *    basket sent now; a lapsed one gives its seat back.
 * 3. Find a seat of a limited code. Only of a code that could be redeemed is it said which condition is not met.
 * 4. Store the reservation and take the seat together; when another was faster at either, start at 2 again.
 * @throws Failure unknown_program, code_not_redeemable, code_conditions_not_met; temporarily_unavailable when others were
 * faster a dozen times: nothing was reserved, and there may be seats left
 */
export function makeRedeemCode(deps: Deps): (input: RedeemCodeInput) => Promise<RedeemCodeOutput> {
  return async (asked) => {
    const input = { ...asked, customerId: keptCustomerId(deps.digest, asked.customerId) };
    await deps.programs.get(input.programId);
    const canonical = canonicalCode(input.code);
    const refuse = (reason: Refusal): Failure => {
      deps.log.info('code not redeemable', { programId: input.programId, reason });
      return notRedeemable();
    };
    const code = isMistyped(canonical) || canonical === '' ? undefined : await deps.codes.find(canonical);
    const isOther = code !== undefined && code.programId !== input.programId;
    const refusal = code && (isOther ? 'other_program' : refusalOf(code, deps.clock()));
    if (!code || refusal) throw refuse(isMistyped(canonical) ? 'mistyped' : (refusal ?? 'unknown'));
    const isNew = await isNewTo(deps, input, code);
    const find = (number: number): Promise<Redemption | undefined> =>
      deps.redemptions.find(input.programId, idOf(input, canonical, number, deps.digest));
    let next: Awaited<ReturnType<typeof nextRedemption>>;
    return retryContended(
      deps,
      async () => {
        const now = deps.clock();
        // Whoever lost a seat to another customer need not look for the own redemption again.
        next ??= await nextRedemption(find, code.maxPerCustomer ?? 1);
        if (!next) throw refuse('used_by_customer');
        const { known, number } = next;
        if (known?.status === 'reserved') {
          next = undefined;
          if (known.reservedUntil > toInstant(now)) return again(deps, known, input);
          if (known.limited) await deps.redemptions.release(known);
        }
        const seat = await seatOf(deps, code, canonical, now);
        if (seat === 'contended') return seat;
        if (seat === 'none') throw refuse('exhausted');
        requireMet(code, { spend: input.spend, isNew });
        const redemptionId = idOf(input, canonical, number, deps.digest);
        const redemption = reservationOf({ redemptionId, canonical, input, code, seat, now });
        const outcome = await deps.redemptions.reserve(redemption, toInstant(now), seat);
        if (outcome === 'reserved') return { redemption, repeated: false };
        if (outcome === 'exists') next = undefined;
        return 'contended';
      },
      FIRST_PAUSE_MS,
    );
  };
}

/** What is known of the customer is read once, and only for a code that asks whether it is new. */
async function isNewTo(deps: Deps, input: RedeemCodeInput, code: Code): Promise<boolean> {
  return !code.newCustomersOnly || (input.isNewCustomer !== false && (await isUnknown(deps, input)));
}

/** @throws Failure code_conditions_not_met */
function requireMet(terms: OfferTerms, sent: Parameters<typeof unmetConditions>[1]): void {
  const unmet = unmetConditions(terms, sent);
  if (unmet.length > 0) throw conditionsNotMet(unmet, terms);
}

async function isUnknown({ customers }: Deps, { programId, customerId }: RedeemCodeInput): Promise<boolean> {
  const { first, suppliedAt } = await customers.history(programId, customerId);
  return first === undefined && suppliedAt === undefined;
}

/** That the customer was new, and the basket if none is sent now, stand as they were reserved. */
async function again(deps: Deps, known: Redemption, input: RedeemCodeInput): Promise<RedeemCodeOutput | 'contended'> {
  const { spend = known.spend } = input;
  requireMet(known.terms ?? {}, { spend, isNew: true });
  const redemption = { ...known, spend };
  if (spend?.minor === known.spend?.minor && spend?.currency === known.spend?.currency) {
    return { redemption, repeated: true };
  }
  return (await deps.redemptions.reprice(redemption)) === 'done' ? { redemption, repeated: true } : 'contended';
}

function seatOf(
  deps: Deps,
  code: Code,
  canonical: string,
  now: EpochMs,
): Promise<Seat | undefined | 'none' | 'contended'> {
  const { programId, maxRedemptions: limit } = code;
  return limit === undefined ? Promise.resolve(undefined) : findSeat(deps, { programId, canonical, limit }, now);
}

function reservationOf(of: {
  readonly redemptionId: string;
  readonly canonical: string;
  readonly input: RedeemCodeInput;
  readonly code: Code;
  readonly seat: Seat | undefined;
  readonly now: EpochMs;
}): Redemption {
  const { discount, currency, minimumSpendMinor, newCustomersOnly, partnerId } = of.code;
  return {
    redemptionId: of.redemptionId,
    programId: of.input.programId,
    code: of.canonical,
    codeAsMade: of.code.code,
    customerId: of.input.customerId,
    partnerId,
    status: 'reserved',
    reservedUntil: toInstant(of.now + RESERVED_MS),
    limited: of.seat !== undefined,
    shard: of.seat?.index,
    terms: { discount, currency, minimumSpendMinor, newCustomersOnly },
    spend: of.input.spend,
  };
}

/** The same customer and code always meet in the same items: as often as the code allows, and safe to repeat. */
function idOf(input: RedeemCodeInput, canonical: string, number: number, digest: Digest): string {
  const parts = [input.programId, canonical, input.customerId, ...(number === 1 ? [] : [number])];
  return digest(JSON.stringify(parts)).slice(0, REDEMPTION_ID_LENGTH);
}

function notRedeemable(): Failure {
  return new Failure('code_not_redeemable', 'Check the code with the customer, or go on without it.', {
    errors: [{ pointer: '/code', rule: 'cannot be redeemed' }],
  });
}

function conditionsNotMet(unmet: readonly UnmetCondition[], terms: OfferTerms): Failure {
  const { currency = '', minimumSpendMinor: minimum = 0n } = terms;
  const errors: Record<UnmetCondition, FieldError> = {
    spend_needed: {
      pointer: '/spend',
      rule: `is needed: the code asks for a spend of ${minimum} minor units of ${currency}`,
    },
    other_currency: { pointer: '/spend/currency', rule: `must be ${currency}` },
    below_minimum: { pointer: '/spend/minor', rule: `must be at least ${minimum} minor units of ${currency}` },
    not_a_new_customer: { pointer: '/isNewCustomer', rule: 'the code is for new customers only' },
  };
  return new Failure('code_conditions_not_met', 'Tell the customer what the code asks for, or go on without it.', {
    errors: unmet.map((condition) => errors[condition]),
  });
}
