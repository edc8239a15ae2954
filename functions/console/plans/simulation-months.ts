import { comparePeriods, nextPeriod } from '#shared/domain/time/calendar';
import type { Period } from '#shared/domain/time/instant';

/** More are not offered: two years show a season twice, and a third one to compare with. */
const MAX_OFFERED = 36;
const USUAL_MONTHS = 6;

/**
 * The months that can be simulated, the newest first, and those that are proposed: the last six that were closed, or what there is
 * of this month where none was. @param thisMonth of the programme's calendar
 */
export function monthsToChoose(
  { booksOpenFrom, closedThrough }: { readonly booksOpenFrom: string; readonly closedThrough: string },
  thisMonth: string,
): { readonly months: readonly string[]; readonly from: string; readonly to: string; readonly estimate: boolean } {
  const months: string[] = [];
  let month = booksOpenFrom as Period;
  while (comparePeriods(month, thisMonth as Period) <= 0) {
    months.unshift(month);
    month = nextPeriod(month);
    if (months.length > MAX_OFFERED) months.pop();
  }
  if (months.length === 0) months.push(booksOpenFrom);
  const closed = months.filter((one) => one <= closedThrough);
  const proposed = closed.length > 0 ? closed.slice(0, USUAL_MONTHS) : months.slice(0, 1);
  const [to = thisMonth] = proposed;
  return { months, from: proposed.at(-1) ?? to, to, estimate: closed.length === 0 };
}
