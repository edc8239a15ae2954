import type { Currency } from '../money/money.ts';
import type { BracketComponent, Component, Plan } from '../plan/plan.ts';
import type { MaturedConversion } from '../statement/statement.ts';
import { planOf, type StatementContext, type VolumeTotals, volumeKey } from '../statement/statement-context.ts';
import { paysIn } from './component-currency.ts';
import { makeWindowCheck } from './component-payer.ts';
import { isVolume, weightOf } from './pay-brackets.ts';
import { makeOrderGuard, makeSaleReader, type Sale } from './sale.ts';

/** Whether a plan of the partner has a volume component, so that its total must be known before the first line. */
export function needsWeighing(context: StatementContext): boolean {
  const versions = new Set(context.terms.agreements.map((agreement) => agreement.planVersion));
  return [...versions].some((version) => volumeComponents(planOf(context, version), context).length > 0);
}

function volumeComponents(plan: Plan, { currency, programCurrency }: StatementContext): readonly BracketComponent[] {
  return plan.components.filter(isVolume).filter((component) => paysIn(component, currency, programCurrency));
}

function bracketComponents(plan: Plan, { currency, programCurrency }: StatementContext): readonly BracketComponent[] {
  return plan.components.filter(hasBrackets).filter((component) => paysIn(component, currency, programCurrency));
}

export function hasBrackets(component: Component): component is BracketComponent {
  return 'brackets' in component;
}

/** The currencies whose statements must be weighed before their first line (semantics 6). */
export function currenciesToWeigh(plans: Iterable<Plan>, programCurrency: Currency): ReadonlySet<Currency> {
  const volumes = [...plans].flatMap((plan) => plan.components.filter(isVolume));
  return new Set(volumes.map((component) => component.currency ?? programCurrency));
}

type Scale = { readonly key: string; readonly weigh: (sale: Sale) => bigint };

function scalesOf(components: readonly BracketComponent[], plan: Plan, context: StatementContext): readonly Scale[] {
  return components.map((component) => {
    const isInside = makeWindowCheck(component, context);
    return {
      key: volumeKey(plan.version, component.id),
      weigh: (sale) => {
        if (sale.afterEnd && component.windowMonths === undefined) return 0n;
        return isInside(sale) ? weightOf(component, sale) : 0n;
      },
    };
  });
}

/**
 * The first pass of a statement in volume mode: give it the same conversions, in the same order, as the second pass and
 * open the statement with its totals (semantics 6).
 */
export function weighStatement(context: StatementContext): BracketScale {
  return makeScale(context, volumeComponents);
}

/** As `weighStatement`, for graduated components too: what every bracket component of a statement has counted. */
export function countBrackets(context: StatementContext): BracketScale {
  return makeScale(context, bracketComponents);
}

export type BracketScale = {
  readonly conversion: (conversion: MaturedConversion) => void;
  /** By `volumeKey`; without what no sale came to. */
  readonly totals: () => VolumeTotals;
};

function makeScale(context: StatementContext, weighed: typeof volumeComponents): BracketScale {
  const readSale = makeSaleReader(context);
  const assertOrder = makeOrderGuard('conversions');
  const scalesByVersion = new Map<number, readonly Scale[]>();
  const totals = new Map<string, bigint>();
  return {
    conversion: (conversion) => {
      assertOrder(conversion.occurredAt, conversion.conversionId);
      const reading = readSale(conversion);
      if (typeof reading === 'string' || 'attribution' in reading) return;
      let scales = scalesByVersion.get(reading.plan.version);
      if (scales === undefined) {
        scales = scalesOf(weighed(reading.plan, context), reading.plan, context);
        scalesByVersion.set(reading.plan.version, scales);
      }
      for (const { key, weigh } of scales) totals.set(key, (totals.get(key) ?? 0n) + weigh(reading));
    },
    totals: () => totals,
  };
}
