import { partOf, shareBpsOf } from '../money/split-credit.ts';
import {
  type BracketComponent,
  type Component,
  hasCap,
  isPaidByThePeriod,
  type Plan,
  type RateByTierComponent,
  type ReferralFeeComponent,
} from '../plan/plan.ts';
import type { MaturedConversion, NothingEarned, StatementLine } from '../statement/statement.ts';
import type { StatementContext } from '../statement/statement-context.ts';
import { withCaps } from './caps.ts';
import { paysIn } from './component-currency.ts';
import { type ComponentPayer, makeWindowCheck, type PaySale, ruledLine, shareLine } from './component-payer.ts';
import { bracketPayer } from './pay-brackets.ts';
import { makeRateFinder } from './rate-rules.ts';
import { firstPurchaseOf, makeSaleReader, type Sale } from './sale.ts';

/** What one conversion came to: its lines, or, when there are none, why. */
export type PaidConversion = { readonly lines: readonly StatementLine[]; readonly nothing: readonly NothingEarned[] };

const NONE: readonly never[] = [];

function shareByTier(component: RateByTierComponent, context: StatementContext): PaySale {
  const isInside = makeWindowCheck(component, context);
  const rates = new Map(Object.entries(component.ratesByTier));
  const ruleFor = makeRateFinder(component.rates, component.ratesByTier);
  return (sale, lines) => {
    if (sale.tier === undefined) return 'no_tier';
    const rule = ruleFor(sale);
    const rateBps = rule === undefined ? rates.get(sale.tier) : rule.rateBps;
    if (rateBps === undefined) return 'tier_not_named';
    if (!isInside(sale)) return 'outside_window';
    if (rule !== undefined) lines.push(ruledLine(component.id, sale, rule));
    else lines.push(shareLine(component.id, sale, sale.baseMinor, rateBps));
    return undefined;
  };
}

function referralFee(component: ReferralFeeComponent): PaySale {
  return (sale, lines) => {
    const { conversionId, credit } = sale.conversion;
    if (firstPurchaseOf(sale.conversion).conversionId !== conversionId) return 'not_the_first_purchase';
    lines.push({
      kind: 'referral_fee',
      amountMinor: partOf(component.amountMinor, credit),
      componentId: component.id,
      planVersion: sale.plan.version,
      conversionId,
      ...(credit ? { split: { wholeMinor: component.amountMinor, shareBps: shareBpsOf(credit) } } : {}),
    });
    return undefined;
  };
}

/** The payer of a component; none for one that pays once a period. */
function payerOf(component: Component, planVersion: number, context: StatementContext): ComponentPayer | undefined {
  const componentId = component.id;
  if (isPaidByThePeriod(component)) return undefined;
  const hasWindow = component.kind === 'revenue_share' && component.windowMonths !== undefined;
  if (!paysIn(component, context.currency, context.programCurrency)) {
    return { componentId, hasWindow, pay: () => 'other_currency' };
  }
  const payer = uncappedPayer(component, planVersion, context);
  return { ...payer, hasWindow, pay: hasCap(component) ? withCaps(component, payer.pay) : payer.pay };
}

function uncappedPayer(
  component: RateByTierComponent | BracketComponent | ReferralFeeComponent,
  planVersion: number,
  context: StatementContext,
): ComponentPayer {
  const componentId = component.id;
  if (component.kind === 'referral_fee') return { componentId, pay: referralFee(component) };
  if ('ratesByTier' in component) return { componentId, pay: shareByTier(component, context) };
  return bracketPayer(component, planVersion, context);
}

function payersOf(plan: Plan, context: StatementContext): readonly ComponentPayer[] {
  return plan.components.flatMap((component) => payerOf(component, plan.version, context) ?? []);
}

/** Volume mode pays by a total that was weighed before; another total would mean that the facts changed in between. */
function assertWeighed(payers: Iterable<readonly ComponentPayer[]>, context: StatementContext): void {
  for (const payer of [...payers].flat()) {
    const counted = payer.counted?.();
    if (counted === undefined) continue;
    const weighed = context.volumeTotals?.get(counted.key) ?? 0n;
    if (counted.total !== weighed) {
      throw new Error(`volume of ${counted.key} was weighed as ${weighed} but came to ${counted.total}`);
    }
  }
}

function payByEach(sale: Sale, payers: readonly ComponentPayer[]): PaidConversion {
  const lines: StatementLine[] = [];
  let nothing: NothingEarned[] | undefined;
  for (const { componentId, hasWindow, pay } of payers) {
    const reason = sale.afterEnd && !hasWindow ? 'after_agreement_ended' : pay(sale, lines);
    if (reason === undefined) continue;
    nothing ??= [];
    nothing.push({ conversionId: sale.conversion.conversionId, componentId, reason });
  }
  if (lines.length > 0) return { lines, nothing: NONE };
  if (nothing !== undefined) return { lines: NONE, nothing };
  const { conversionId } = sale.conversion;
  return { lines: NONE, nothing: [{ conversionId, reason: 'plan_pays_no_conversions' }] };
}

/**
 * Pays conversions one by one, in order of time, then id: by the plan version and the tier in force at the sale, each
 * component in plan order (semantics 4 to 7). What brackets count goes on when a plan version returns.
 */
export function makeConversionTill(context: StatementContext): {
  readonly pay: (conversion: MaturedConversion) => PaidConversion;
  /** @throws Error when a volume total is not the one that was weighed */
  readonly assertWeighed: () => void;
} {
  const readSale = makeSaleReader(context);
  const payersByVersion = new Map<number, readonly ComponentPayer[]>();
  const payersFor = (plan: Plan): readonly ComponentPayer[] => {
    const known = payersByVersion.get(plan.version);
    if (known !== undefined) return known;
    const made = payersOf(plan, context);
    payersByVersion.set(plan.version, made);
    return made;
  };
  return {
    pay: (conversion) => {
      const reading = readSale(conversion);
      if (typeof reading === 'string') {
        return { lines: NONE, nothing: [{ conversionId: conversion.conversionId, reason: reading }] };
      }
      if ('attribution' in reading) {
        return { lines: NONE, nothing: [{ conversionId: conversion.conversionId, reason: reading.attribution }] };
      }
      return payByEach(reading, payersFor(reading.plan));
    },
    assertWeighed: () => assertWeighed(payersByVersion.values(), context),
  };
}
