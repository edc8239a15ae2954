import { type Currency, divideHalfEven } from '../money/money.ts';
import { agreementInForce, firstAgreementFrom } from '../partner/terms.ts';
import type { FixedFeeComponent, MinimumCommitmentComponent, Plan } from '../plan/plan.ts';
import type { StatementLine } from '../statement/statement.ts';
import { planOf, type StatementContext } from '../statement/statement-context.ts';
import { daysOfPeriod, nextPeriod, startOfPeriod } from '../time/calendar.ts';
import { toEpochMs, toInstant } from '../time/instant.ts';
import { paysIn } from './component-currency.ts';

/** The plan in force just before the next period's first instant, whatever was in force earlier (semantics 8). */
function planAtTheEnd(context: StatementContext): Plan | undefined {
  const lastMs = startOfPeriod(nextPeriod(context.period), context.zone) - 1;
  const agreement = agreementInForce(context.terms.agreements, toInstant(lastMs));
  return agreement === undefined ? undefined : planOf(context, agreement.planVersion);
}

type Days = { readonly active: number; readonly passed: number; readonly all: number };

/**
 * Days of the period, those of them that have passed, and of these the ones at whose start the partner's first agreement was
 * already in force. All have passed but for an accrual.
 */
function daysOf(context: StatementContext): Days {
  const starts = daysOfPeriod(context.period, context.zone);
  const passed = starts.slice(0, passedDays(context, starts));
  const from = firstAgreementFrom(context.terms.agreements);
  const fromMs = from === undefined ? Number.POSITIVE_INFINITY : toEpochMs(from);
  return { active: passed.filter((start) => fromMs <= start).length, passed: passed.length, all: starts.length };
}

function passedDays({ accruedAt, period, zone }: StatementContext, starts: readonly number[]): number {
  if (accruedAt === undefined) return starts.length;
  const atMs = toEpochMs(accruedAt);
  return [...starts.slice(1), startOfPeriod(nextPeriod(period), zone)].filter((end) => end <= atMs).length;
}

function isOver({ accruedAt, period, zone }: StatementContext): boolean {
  return accruedAt === undefined || toEpochMs(accruedAt) >= startOfPeriod(nextPeriod(period), zone);
}

function fixedFeeLine(component: FixedFeeComponent, plan: Plan, context: StatementContext): StatementLine | undefined {
  const line = { kind: 'fixed_fee', componentId: component.id, planVersion: plan.version } as const;
  const { active, passed, all } = daysOf(context);
  if (component.prorate === false && passed === all) {
    return { ...line, amountMinor: component.amountMinor, calculation: 'a whole month, not prorated' };
  }
  const days = component.prorate === false ? passed : active;
  const amountMinor = divideHalfEven(component.amountMinor * BigInt(days), BigInt(all));
  if (amountMinor === 0n) return undefined;
  const calculation = `${component.amountMinor} x ${days} / ${all} days, half to even`;
  return { ...line, amountMinor, calculation };
}

function minimumLine(
  component: MinimumCommitmentComponent,
  plan: Plan,
  reachedMinor: bigint,
): StatementLine | undefined {
  if (reachedMinor >= component.amountMinor) return undefined;
  return {
    kind: 'minimum_commitment',
    amountMinor: component.amountMinor - reachedMinor,
    componentId: component.id,
    planVersion: plan.version,
    calculation: `${component.amountMinor} guaranteed - ${reachedMinor} earned`,
  };
}

/**
 * The currencies in which the plan at the period's end pays a fee or a guarantee, whether or not anything was sold in
 * them: each needs a statement. `context` may be that of any currency.
 */
export function currenciesOfPeriodLines(context: StatementContext): ReadonlySet<Currency> {
  const components = planAtTheEnd(context)?.components ?? [];
  const currencies = components.map((component) => component.currency ?? context.programCurrency);
  return new Set(currencies.filter((currency) => periodLines({ ...context, currency }, 0n).length > 0));
}

/**
 * The lines that a statement earns once: fixed fees in plan order, then the top-up to the guarantee, wherever they
 * stand in the plan (semantics 8 and 9). `conversionsMinor` is the sum of the statement's conversion lines.
 */
export function periodLines(context: StatementContext, conversionsMinor: bigint): readonly StatementLine[] {
  const plan = planAtTheEnd(context);
  if (plan === undefined) return [];
  const { currency, programCurrency } = context;
  const components = plan.components.filter((component) => paysIn(component, currency, programCurrency));
  const fees = components.flatMap((component) =>
    component.kind === 'fixed_fee' ? (fixedFeeLine(component, plan, context) ?? []) : [],
  );
  const reachedMinor = fees.reduce((sum, fee) => sum + fee.amountMinor, conversionsMinor);
  const guarantee = components.find((component) => component.kind === 'minimum_commitment');
  const minimum = guarantee === undefined || !isOver(context) ? undefined : minimumLine(guarantee, plan, reachedMinor);
  return minimum === undefined ? fees : [...fees, minimum];
}
