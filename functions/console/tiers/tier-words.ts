import type * as z from 'zod';
import type { Format } from '#functions/console/web/format';
import type { tierSchemeVersionSchema } from '#shared/contracts/partners/tiers/get-tier-scheme';
import type { RequirementJson } from '#shared/contracts/partners/tiers/tier-requirement';

export type Scheme = z.output<typeof tierSchemeVersionSchema>;
export type SchemeTier = Scheme['tiers'][number];
type Say = Pick<Format, 'amount' | 'count' | 'percent'>;
type Condition = Exclude<RequirementJson, { readonly all: unknown } | { readonly any: unknown }>;
export type Fact = Condition['fact'];

/** What can be asked for, as people say it. */
export const FACT_WORDS: Readonly<Record<Fact, string>> = {
  terms_accepted: 'an agreement in force',
  qualified_referrals: 'new customers',
  partner_revenue: 'sales',
  retention: 'customers who buy again',
  certification: 'a training certificate',
  confirmation: 'a manager’s confirmation',
};

/** A condition as part of a sentence. @param currency of the programme */
export function conditionWords(condition: Condition, currency: string, format: Say): string {
  switch (condition.fact) {
    case 'terms_accepted':
      return 'an agreement is in force';
    case 'qualified_referrals':
      return `${format.count(condition.atLeast)} new ${condition.atLeast === 1 ? 'customer' : 'customers'} in ${months(condition.withinMonths, format)}`;
    case 'partner_revenue':
      return `sales of ${format.amount(condition.atLeastMinor, currency)} in ${months(condition.withinMonths, format)}`;
    case 'retention':
      return `${format.percent(condition.atLeastBps)} of at least ${format.count(condition.minimumCustomers)} earlier customers buying again in ${months(condition.withinMonths, format)}`;
    case 'certification':
      return condition.certification === undefined
        ? 'a training certificate'
        : `the training certificate ${condition.certification}`;
    case 'confirmation':
      return `${spaced(condition.confirmation)}, confirmed by a manager`;
  }
}

const months = (count: number, format: Say): string =>
  count === 1 ? 'the last month' : `the last ${format.count(count)} months`;

const spaced = (name: string): string => name.replaceAll('_', ' ');

/** What there is to meet, as a list of lists; `[]` asks for nothing. */
export function isNothing(requires: RequirementJson): boolean {
  return 'all' in requires && requires.all.length === 0;
}

/** How partners move between tiers, a sentence each. */
export function movesWords(
  { promotion, graceDays, warnAgainDays, nudgeFromBps }: Scheme,
  format: Pick<Format, 'count' | 'percent'>,
): readonly string[] {
  return [
    promotion === 'at_once'
      ? 'Up at once: a partner who meets what a tier asks for has it from the next review.'
      : 'Up from the next month: a partner who meets what a tier asks for has it from the first day of the next month.',
    `Down only after a warning: ${format.count(graceDays)} days to catch up, and a last warning ${format.count(warnAgainDays)} days before the end.`,
    `A partner is told that the next tier is within reach once ${format.percent(nudgeFromBps)} of each number that it asks for is there.`,
  ];
}
