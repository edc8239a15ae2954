import { Failure } from '#shared/application/failure';
import type { RecordConversionInput } from '#shared/application/referrals/sales/record-conversion';
import type { RecordRefundInput } from '#shared/application/referrals/sales/record-refund';
import type { HoldDecision } from '#shared/domain/fraud/hold';
import { nextPeriod, startOfPeriod } from '#shared/domain/time/calendar';
import { type Instant, type Period, toInstant } from '#shared/domain/time/instant';
import { type Chance, surviving } from './chance.ts';
import { type House, nowOf, OWN_ACCOUNT, PROGRAM_ID } from './house.ts';

/** What somebody outside asks for; everything is sent twice. */
export type Deed =
  | { readonly do: 'sell'; readonly sale: RecordConversionInput }
  | { readonly do: 'refund'; readonly refund: RecordRefundInput }
  | { readonly do: 'adjust'; readonly adjustment: Parameters<House['adjust']>[0] }
  | { readonly do: 'write_off'; readonly writeOff: Parameters<House['writeOff']>[0] }
  | { readonly do: 'reattribute'; readonly orderId: string; readonly partnerId: string }
  | { readonly do: 'decide'; readonly orderId: string; readonly decision: HoldDecision };

const HOUR_MS = 3_600_000;
const CUSTOMERS = ['u1', 'u2', 'u3', 'u4', 'u5'];
const CATEGORIES = [undefined, 'books', 'music'];
const COUNTRIES = [undefined, 'DE', 'AT'];

/** Whole hours of a month, so that facts often share an instant and ids decide. */
function sometimeIn(period: Period, house: House, chance: Chance): Instant {
  const zone = house.programs.zone(house.program.timeZone);
  const fromMs = startOfPeriod(period, zone);
  const hours = Math.floor((startOfPeriod(nextPeriod(period), zone) - fromMs) / HOUR_MS);
  return toInstant(fromMs + chance.between(0, hours - 1) * HOUR_MS);
}

function anAmount(chance: Chance): bigint {
  return chance.happens(0.1) ? 0n : BigInt(chance.between(1, 300_00));
}

const WHOLE_BPS = 10_000;
const MOST_TOGETHER = 5;

/** Two to five partners with any shares, in any order. */
function someCredits(house: House, chance: Chance): NonNullable<RecordConversionInput['credits']> {
  const most = Math.min(MOST_TOGETHER, house.partners.length);
  const together = chance.shuffled(house.partners).slice(0, chance.between(2, most));
  let leftBps = WHOLE_BPS;
  return together.map(({ partnerId }, index) => {
    const others = together.length - index - 1;
    const shareBps = others === 0 ? leftBps : chance.between(1, leftBps - others);
    leftBps -= shareBps;
    return { partnerId, shareBps };
  });
}

/** A sale of the month: of any partner, several or none, in one of two currencies, now and then with an earlier first purchase. */
function aSale(orderId: string, period: Period, house: House, chance: Chance): Deed {
  const partnerId = chance.happens(0.15) ? undefined : chance.oneOf(house.partners).partnerId;
  const supplied = chance.happens(0.1) ? sometimeIn(period, house, chance) : undefined;
  const sale: RecordConversionInput = {
    programId: PROGRAM_ID,
    orderId,
    customerId: chance.oneOf(CUSTOMERS),
    occurredAt: sometimeIn(period, house, chance),
    amountMinor: anAmount(chance),
    currency: chance.happens(0.15) ? 'USD' : house.program.currency,
    ...(partnerId !== undefined && chance.happens(0.2) ? { credits: someCredits(house, chance) } : { partnerId }),
    customerFirstPurchaseAt: supplied,
    ...(chance.happens(0.15) ? { paymentHash: OWN_ACCOUNT } : {}),
    category: chance.oneOf(CATEGORIES),
    country: chance.oneOf(COUNTRIES),
  };
  return { do: 'sell', sale };
}

export function aRefund(refundId: string, orderId: string, amountMinor: bigint, occurredAt: Instant): Deed {
  return {
    do: 'refund',
    refund: { programId: PROGRAM_ID, refundId, orderId, occurredAt, amountMinor, kind: 'refund' },
  };
}

/**
 * Sales of the month with their refunds, also of what was sold before, adjustments and sales that change their partner.
 * Of `independent` deeds none decides what becomes of another: no refund can be above what is left, no sale is asked for
 * by two partners, no debt is written off as it stands.
 */
export function deedsOf(
  period: Period,
  salesBefore: readonly Deed[],
  house: House,
  chance: Chance,
  kind: 'any' | 'independent' = 'any',
): readonly Deed[] {
  const sold = Array.from({ length: chance.between(0, 7) }, (_, index) =>
    aSale(`${period}.o${index}`, period, house, chance),
  );
  const deeds: Deed[] = [...sold];
  for (const deed of [...salesBefore, ...sold]) {
    if (deed.do !== 'sell') continue;
    const { orderId, amountMinor } = deed.sale;
    const percent = BigInt(chance.between(0, kind === 'any' ? 110 : 33));
    const refundMinor = (amountMinor * percent) / 100n;
    if (refundMinor > 0n && chance.happens(0.3)) {
      deeds.push(aRefund(`r ${period} of ${orderId}`, orderId, refundMinor, sometimeIn(period, house, chance)));
    }
    const isHeld = deed.sale.paymentHash !== undefined && (deed.sale.partnerId ?? deed.sale.credits) !== undefined;
    if (kind === 'any' && isHeld && chance.happens(0.4)) {
      deeds.push({ do: 'decide', orderId, decision: chance.happens(0.7) ? 'release' : 'void' });
    }
    if (kind === 'any' && chance.happens(0.05)) {
      deeds.push({ do: 'reattribute', orderId, partnerId: chance.oneOf(house.partners).partnerId });
    }
  }
  for (let index = chance.between(0, 2); index > 0; index -= 1) {
    deeds.push({ do: 'adjust', adjustment: anAdjustment(`${period}.a${index}`, period, house, chance) });
  }
  if (kind === 'any') {
    for (const { partnerId } of house.partners)
      deeds.push({ do: 'write_off', writeOff: aWriteOff(period, partnerId, house) });
  }
  return deeds;
}

function aWriteOff(period: Period, partnerId: string, house: House): Parameters<House['writeOff']>[0] {
  const adjustmentId = `${period}.w ${partnerId}`;
  const what = { currency: house.program.currency, reason: 'gone out of business' };
  return { programId: PROGRAM_ID, adjustmentId, partnerId, ...what, by: 'person:adjuster' };
}

function anAdjustment(
  adjustmentId: string,
  period: Period,
  house: House,
  chance: Chance,
): Parameters<House['adjust']>[0] {
  return {
    programId: PROGRAM_ID,
    adjustmentId,
    partnerId: chance.oneOf(house.partners).partnerId,
    amountMinor: BigInt(chance.between(-90_00, 90_00)) || 1n,
    currency: house.program.currency,
    occurredAt: sometimeIn(period, house, chance),
    reason: 'as agreed',
    by: 'person:adjuster',
  };
}

/** Refusals that are an answer: nothing is recorded, and sending it again changes nothing. */
const ANSWERS = new Set([
  'refund_exceeds_sale',
  'reattribution_refused',
  'hold_refused',
  'nothing_owed',
  'adjustment_not_proposed',
]);
/** Refusals after which the sender tries again later: the order is still on its way, or others were faster. */
const NOT_YET = new Set(['unknown_order', 'not_found', 'temporarily_unavailable']);

/** Whatever the amount, a second person must approve. */
async function writeOff(house: House, asked: Parameters<House['writeOff']>[0]): Promise<unknown> {
  await house.writeOff(asked);
  const { programId, adjustmentId } = asked;
  return house.decideAdjustment({ programId, adjustmentId, decision: 'approve', by: 'person:second' });
}

async function carryOut(house: House, deed: Deed): Promise<'done' | 'later'> {
  try {
    await surviving<unknown>(() => {
      if (deed.do === 'sell') return house.recordConversion(deed.sale);
      if (deed.do === 'refund') return house.recordRefund(deed.refund);
      if (deed.do === 'adjust') return house.adjust(deed.adjustment);
      if (deed.do === 'write_off') return writeOff(house, deed.writeOff);
      if (deed.do === 'decide') {
        const { orderId, decision } = deed;
        const said = { decision, reason: 'looked at it', decisionId: `${orderId} ${decision}`, by: 'person:manager' };
        return house.decideHold({ programId: PROGRAM_ID, orderId, ...said });
      }
      const { orderId, partnerId } = deed;
      const reattributionId = `${orderId} to ${partnerId}`;
      const why = { reason: 'claimed', by: 'person:manager' };
      return house.reattribute({ programId: PROGRAM_ID, orderId, partnerId, reattributionId, ...why });
    });
    if (deed.do === 'sell') house.orders.add(deed.sale.orderId);
    return 'done';
  } catch (error) {
    if (error instanceof Failure && ANSWERS.has(error.code)) return 'done';
    if (error instanceof Failure && NOT_YET.has(error.code)) return 'later';
    throw error;
  }
}

const MAX_AT_ONCE = 4;
const MAX_ROUNDS = 20;

/** Carries deeds out in any order, several at once, each twice; what comes too early is sent again. */
export async function trade(house: House, deeds: readonly Deed[], chance: Chance): Promise<void> {
  let left = chance.shuffled([...deeds, ...deeds]);
  for (let round = 0; left.length > 0 && round < MAX_ROUNDS; round += 1) {
    const later: Deed[] = [];
    while (left.length > 0) {
      const batch = left.splice(0, chance.between(1, MAX_AT_ONCE));
      const outcomes = await Promise.all(batch.map((deed) => carryOut(house, deed)));
      later.push(...batch.filter((_, index) => outcomes[index] === 'later'));
    }
    left = later;
  }
  if (left.length > 0) throw new Error(`${left.length} deeds were never carried out at ${nowOf(house)}`);
}
