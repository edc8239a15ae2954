import type * as z from 'zod';
import type { Format } from '#functions/console/web/format';
import type { simulationResultSchema } from '#shared/contracts/payouts/simulations/simulation';

export type SimulationResult = z.output<typeof simulationResultSchema>;
export type Total = SimulationResult['totals'][number];

/** `January 2026`, or `January 2026 to June 2026`. */
export function monthsWords(
  { from, to }: Pick<SimulationResult, 'from' | 'to'>,
  format: Pick<Format, 'period'>,
): string {
  return from === to ? format.period(from) : `${format.period(from)} to ${format.period(to)}`;
}

/** What a plan would have come to, a sentence a currency: what somebody decides on before publishing it. */
export function costSentences(
  { totals, months, estimate }: Pick<SimulationResult, 'totals' | 'months' | 'estimate'>,
  format: Pick<Format, 'amount' | 'count' | 'list'>,
): readonly string[] {
  const over = months.length === 1 ? 'in the one month simulated' : `over ${format.count(months.length)} months`;
  const part = estimate ? ', partly estimated' : '';
  if (totals.length === 0) return [`Nothing was earned ${over}: neither today’s terms nor this plan pay anything.`];
  return totals.map(({ currency, differenceMinor, better, worse, same }) => {
    const size = format.amount(differenceMinor < 0 ? -differenceMinor : differenceMinor, currency);
    const cost =
      differenceMinor === 0
        ? `Costs as much as today in ${currency} ${over}${part}`
        : `Costs ${size} ${differenceMinor > 0 ? 'more' : 'less'} ${over}${part}`;
    const who = [
      worse > 0 ? `${partners(worse, format)} less` : '',
      better > 0 ? `${partners(better, format)} more` : '',
      same > 0 ? `${partners(same, format)} the same` : '',
    ].filter((words) => words !== '');
    return `${cost}; ${format.list(who)}.`;
  });
}

function partners(count: number, { count: say }: Pick<Format, 'count'>): string {
  return count === 1 ? '1 partner earns' : `${say(count)} partners earn`;
}

/** What was simulated in whose place. */
export function replacedWords(
  { replaces, replacesCustomTerms }: Pick<SimulationResult, 'replaces' | 'replacesCustomTerms'>,
  format: Pick<Format, 'list'>,
): string {
  if (replaces !== undefined) return `Agreements on ${format.list(replaces.map((version) => `version ${version}`))}`;
  return replacesCustomTerms ? 'Every agreement, contracts of single partners too' : 'Every agreement';
}
