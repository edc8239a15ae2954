import fc from 'fast-check';
import type { PartnerTerms } from '#shared/domain/plan/plan';
import { nextPeriod } from '#shared/domain/time/calendar';
import type { Instant, Period } from '#shared/domain/time/instant';
import { bankPayee, sandboxPayee } from '#test/support/builders/payouts';
import { instant, JANUARY } from '#test/support/builders/runs';
import { anyHistory } from '#test/support/histories';
import { type Chance, chanceOf } from './chance.ts';
import { closeMonth } from './close.ts';
import { aHouse, type House, nowOf, type Setting } from './house.ts';
import { finalStatements } from './invariants.ts';
import { report } from './rails.ts';
import { aRefund, type Deed, deedsOf, trade } from './trade.ts';

const MONTHS = 3;
const PARTNERS = ['p1', 'p2', 'p3'];
const PAID_AT_ONCE = { p1: sandboxPayee(), p2: sandboxPayee(), p3: sandboxPayee() };

/** Plans, terms, time zone, hold and minimum of one seed. */
export function settingOf(seed: number, crashes: number): Setting {
  const histories = fc.sample(anyHistory, { seed, numRuns: PARTNERS.length });
  const [{ plans, zone, holdDays, minimumPayoutMinor, programCurrency }] = histories as [(typeof histories)[number]];
  const partners = histories.map(
    ({ agreements, tiers }, index): PartnerTerms => ({
      partnerId: PARTNERS[index]!,
      agreements: agreements.map((term, sequence) => ({ ...term, sequence })),
      tiers: tiers.map((term, sequence) => ({ ...term, sequence })),
    }),
  );
  return {
    // Closed by the calendar year before, whatever the zone says of its first hours.
    program: {
      currency: programCurrency,
      timeZone: zone.id,
      holdDays,
      minimumPayoutMinor,
      createdAt: instant('2025-12-01T00:00:00Z'),
    },
    partners,
    plans,
    payees: { p1: sandboxPayee(), p2: bankPayee() },
    crashes,
  };
}

export type Simulated = { readonly house: House; readonly refundedInFull: boolean };

/**
 * One seed's history of a programme: three months of sales, refunds, adjustments and re-attributions in any order, each
 * sent twice and some of them while the books close; then, for every other seed, everything is given back.
 * `check` is called after each month.
 */
export async function simulate(seed: number, check: (house: House) => Promise<void>): Promise<Simulated> {
  const chance = chanceOf(seed);
  const house = aHouse(settingOf(seed, 0.03), chance);
  await house.ready();
  await house.refresh();
  const deeds: Deed[] = [];
  let period: Period = JANUARY;
  for (let month = 0; month < MONTHS; month += 1) {
    const news = deedsOf(period, deeds, house, chance);
    deeds.push(...news);
    await aMonth(house, period, news, chance);
    await check(house);
    // What p3 earned so far waits for the run after.
    if (month === 0) house.payees.set('p3', sandboxPayee());
    period = nextPeriod(period);
  }
  const refundedInFull = seed % 2 === 0;
  if (refundedInFull) {
    // A hold may leave sales for a month that is still to come: that one is closed first.
    await aMonth(house, period, [], chance);
    period = nextPeriod(period);
    await trade(house, await restOfAll(house, deeds, period), chance);
    await aMonth(house, period, [], chance);
    await check(house);
  }
  return { house, refundedInFull };
}

/** News reach us before the books close, at the cut, while statements are computed, or with the rails' reports after. */
async function aMonth(house: House, period: Period, news: readonly Deed[], chance: Chance): Promise<void> {
  const parts: Deed[][] = [[], [], []];
  for (const deed of news) parts[chance.happens(0.7) ? 0 : chance.between(1, 2)]!.push(deed);
  const [before, atTheCut, afterwards] = parts as [Deed[], Deed[], Deed[]];
  // A refund may come before its sale: it is sent until the sale is there.
  await trade(house, withSales(before, news), chance);
  await closeMonth(
    house,
    period,
    {
      atTheCut: () => trade(house, withSales(atTheCut, news), chance),
      afterwards: async () => {
        await Promise.all([trade(house, withSales(afterwards, news), chance), report(house, chance)]);
      },
    },
    chance,
  );
  await report(house, chance);
}

/** The deeds with the sales that they are about, which may have been sent before. */
function withSales(deeds: readonly Deed[], news: readonly Deed[]): readonly Deed[] {
  const orders = new Set(
    deeds.flatMap((deed) => (deed.do === 'refund' ? deed.refund.orderId : 'orderId' in deed ? deed.orderId : [])),
  );
  const sales = news.filter((deed) => deed.do === 'sell' && orders.has(deed.sale.orderId) && !deeds.includes(deed));
  return [...deeds, ...sales];
}

/** What is left of every sale, as one refund each. */
async function restOfAll(house: House, deeds: readonly Deed[], period: Period): Promise<readonly Deed[]> {
  const at: Instant = nowOf(house);
  const rest: Deed[] = [];
  for (const deed of deeds) {
    if (deed.do !== 'sell') continue;
    const { orderId } = deed.sale;
    const sale = await house.referrals.conversions.find('acme', orderId);
    const left = sale ? sale.amountMinor - sale.refundedMinor : 0n;
    if (left > 0n) rest.push(aRefund(`rest ${period} of ${orderId}`, orderId, left, at));
  }
  return rest;
}

/**
 * The statements' digests of one seed's facts, when all that belongs to a month reaches us before it closes: in which
 * order, how often and with which crashes is up to `schedule`.
 */
export async function digestsOf(seed: number, schedule: number): Promise<readonly string[]> {
  const setting = { ...settingOf(seed, 0.03), payees: PAID_AT_ONCE, steady: true };
  const facts = chanceOf(seed);
  const chance = chanceOf(schedule);
  const house = aHouse(setting, chance);
  await house.ready();
  await house.refresh();
  const deeds: Deed[] = [];
  let period: Period = JANUARY;
  for (let month = 0; month < MONTHS; month += 1) {
    const news = deedsOf(period, deeds, house, facts, 'independent');
    deeds.push(...news);
    await trade(house, news, chance);
    await closeMonth(house, period, { atTheCut: async () => {}, afterwards: async () => {} }, chance);
    await report(house, chance);
    period = nextPeriod(period);
  }
  return (await finalStatements(house)).map(
    ({ header }) => `${header.statementId.replace(/\.\d+/, '')} ${header.digest}`,
  );
}
