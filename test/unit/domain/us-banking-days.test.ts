import { describe, expect, it } from 'vitest';
import { nextUsBankingDay } from '#shared/domain/time/us-banking-days';

/** Of the Federal Reserve's published schedule; those that fall on a Saturday are left out, as they are not kept. */
const HOLIDAYS = {
  2026: ['01-01', '01-19', '02-16', '05-25', '06-19', '09-07', '10-12', '11-11', '11-26', '12-25'],
  2027: ['01-01', '01-18', '02-15', '05-31', '07-05', '09-06', '10-11', '11-11', '11-25'],
  2028: ['01-17', '02-21', '05-29', '06-19', '07-04', '09-04', '10-09', '11-23', '12-25'],
} as const;

const daysOf = (year: number): readonly string[] => {
  const first = Date.UTC(year, 0, 1);
  const count = (Date.UTC(year + 1, 0, 1) - first) / 86_400_000;
  return Array.from({ length: count }, (_, day) => new Date(first + day * 86_400_000).toISOString().slice(0, 10));
};
const isWeekday = (date: string): boolean => ![0, 6].includes(new Date(date).getUTCDay());

describe('the next banking day of the Federal Reserve', () => {
  it.each([2026, 2027, 2028] as const)('is every weekday of %i but the holidays of its schedule', (year) => {
    const reached = new Set(daysOf(year).map(nextUsBankingDay));
    const off = daysOf(year)
      .slice(1)
      .filter((date) => isWeekday(date) && !reached.has(date));
    expect(off).toEqual(HOLIDAYS[year].filter((date) => date !== '01-01').map((date) => `${year}-${date}`));
  });

  it.each([
    ['a Monday to the Tuesday', '2026-02-02', '2026-02-03'],
    ['a Friday over the weekend', '2026-02-06', '2026-02-09'],
    ['a Friday before a holiday', '2026-02-13', '2026-02-17'],
    ['the last day of a year', '2026-12-31', '2027-01-04'],
    ['a holiday on a Saturday, which is not kept', '2026-07-02', '2026-07-03'],
    ['a holiday on a Sunday, which is kept on the Monday', '2027-07-02', '2027-07-06'],
    ['Thanksgiving', '2026-11-25', '2026-11-27'],
  ])('goes from %s', (_name, from, to) => {
    expect(nextUsBankingDay(from)).toBe(to);
  });
});
