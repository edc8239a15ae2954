import type { FormValues } from '#functions/console/web/form';
import { writtenAmount, writtenPercent } from '#functions/console/web/written';
import type { RequirementJson } from '#shared/contracts/partners/tiers/tier-requirement';
import { FACT_WORDS, type Fact, isNothing, type Scheme } from './tier-words.ts';

/** A condition as it is typed: `number` is a count, an amount or per cent, `name` that of a certificate or confirmation. */
export type TypedCondition = {
  readonly fact: Fact;
  readonly number: string;
  readonly months: string;
  readonly customers: string;
  readonly name: string;
};
export type TypedGroup = {
  /** `nothing`: everybody reaches it. */
  readonly join: 'all' | 'any' | 'nothing';
  readonly parts: readonly TypedRequirement[];
};
export type TypedRequirement = TypedCondition | TypedGroup;
export type TypedTier = {
  readonly tier: string;
  readonly byInvitation: boolean;
  readonly rate: string;
  readonly requires: TypedGroup;
};
export type TypedScheme = {
  readonly tiers: readonly TypedTier[];
  readonly promotion: string;
  readonly graceDays: string;
  readonly warnAgainDays: string;
  readonly nudge: string;
  readonly reason: string;
};

/** More than the API takes; a form with more was not made by the editor. */
const MAX_TIERS = 12;
const MAX_PARTS = 12;
export const MAX_DEPTH = 3;

export const NEW_CONDITION: TypedCondition = {
  fact: 'qualified_referrals',
  number: '',
  months: '12',
  customers: '',
  name: '',
};
export const FACTS = Object.keys(FACT_WORDS) as readonly Fact[];

/** A scheme as the form shows it. */
export function typedScheme(scheme: Scheme, currency: string): TypedScheme {
  return {
    tiers: scheme.tiers.map(({ tier, byInvitation, requires, suggestedRateBps }) => ({
      tier,
      byInvitation,
      rate: suggestedRateBps === undefined ? '' : writtenPercent(suggestedRateBps),
      requires: groupOf(requires, currency),
    })),
    promotion: scheme.promotion,
    graceDays: String(scheme.graceDays),
    warnAgainDays: String(scheme.warnAgainDays),
    nudge: writtenPercent(scheme.nudgeFromBps),
    reason: '',
  };
}

/** One condition alone stands in a group of its own. */
function groupOf(requires: RequirementJson, currency: string): TypedGroup {
  if (isNothing(requires)) return { join: 'nothing', parts: [] };
  const typed = typedOf(requires, currency);
  return 'join' in typed ? typed : { join: 'all', parts: [typed] };
}

function typedOf(requires: RequirementJson, currency: string): TypedRequirement {
  if ('all' in requires) return { join: 'all', parts: requires.all.map((one) => typedOf(one, currency)) };
  if ('any' in requires) return { join: 'any', parts: requires.any.map((one) => typedOf(one, currency)) };
  const empty = { fact: requires.fact, number: '', months: '', customers: '', name: '' };
  switch (requires.fact) {
    case 'terms_accepted':
      return empty;
    case 'qualified_referrals':
      return { ...empty, number: String(requires.atLeast), months: String(requires.withinMonths) };
    case 'partner_revenue':
      return {
        ...empty,
        number: writtenAmount(requires.atLeastMinor, currency),
        months: String(requires.withinMonths),
      };
    case 'retention':
      return {
        ...empty,
        number: writtenPercent(requires.atLeastBps),
        months: String(requires.withinMonths),
        customers: String(requires.minimumCustomers),
      };
    case 'certification':
      return { ...empty, name: requires.certification ?? '' };
    case 'confirmation':
      return { ...empty, name: requires.confirmation };
  }
}

const SETTINGS = ['promotion', 'graceDays', 'warnAgainDays', 'nudge', 'reason'] as const;
const CONDITION_FIELDS = ['fact', 'number', 'months', 'customers', 'name'] as const;

/** What a browser sends of the editor: `t1.q.0.number` is a number in the first condition of the second tier. */
export function valuesOf(scheme: TypedScheme): FormValues {
  const values: Record<string, readonly string[]> = {};
  for (const field of SETTINGS) values[field] = [scheme[field]];
  const put = (path: string, requires: TypedRequirement): void => {
    if (!('join' in requires)) {
      for (const field of CONDITION_FIELDS) values[`${path}.${field}`] = [requires[field]];
      return;
    }
    values[`${path}.join`] = [requires.join];
    for (const [at, one] of requires.parts.entries()) put(`${path}.${at}`, one);
  };
  for (const [at, { tier, byInvitation, rate, requires }] of scheme.tiers.entries()) {
    values[`t${at}.tier`] = [tier];
    values[`t${at}.rate`] = [rate];
    if (byInvitation) values[`t${at}.byInvitation`] = ['yes'];
    put(`t${at}.q`, requires);
  }
  return values;
}

/** The editor as it was sent; whatever was typed stays. */
export function readScheme(values: FormValues): TypedScheme {
  const text = (name: string): string => values[name]?.[0] ?? '';
  const group = (path: string, depth: number): TypedGroup => {
    const parts: TypedRequirement[] = [];
    for (let at = 0; at < MAX_PARTS; at += 1) {
      const here = `${path}.${at}`;
      const fact = FACTS.find((one) => one === text(`${here}.fact`));
      if (fact !== undefined) parts.push(condition(here, fact));
      else if (values[`${here}.join`] !== undefined && depth < MAX_DEPTH) parts.push(group(here, depth + 1));
      else break;
    }
    const join = text(`${path}.join`);
    return { join: join === 'any' || join === 'nothing' ? join : 'all', parts };
  };
  const condition = (here: string, fact: Fact): TypedCondition => ({
    fact,
    number: text(`${here}.number`),
    months: text(`${here}.months`),
    customers: text(`${here}.customers`),
    name: text(`${here}.name`),
  });
  const tiers: TypedTier[] = [];
  for (let at = 0; at < MAX_TIERS && values[`t${at}.tier`] !== undefined; at += 1) {
    tiers.push({
      tier: text(`t${at}.tier`),
      byInvitation: text(`t${at}.byInvitation`) !== '',
      rate: text(`t${at}.rate`),
      requires: group(`t${at}.q`, 1),
    });
  }
  return {
    tiers,
    promotion: text('promotion'),
    graceDays: text('graceDays'),
    warnAgainDays: text('warnAgainDays'),
    nudge: text('nudge'),
    reason: text('reason'),
  };
}
