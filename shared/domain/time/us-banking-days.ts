const DAY_MS = 86_400_000;
const [SUNDAY, MONDAY, THURSDAY, SATURDAY] = [0, 1, 4, 6] as const;

/** Month and day; one that falls on a Sunday is kept on the Monday after it, one on a Saturday is not kept. */
const FIXED = ['01-01', '06-19', '07-04', '11-11', '12-25'];
/** Month, weekday and which of the month; -1 is the last. */
const MOVING = [
  [1, MONDAY, 3],
  [2, MONDAY, 3],
  [5, MONDAY, -1],
  [9, MONDAY, 1],
  [10, MONDAY, 2],
  [11, THURSDAY, 4],
] as const;

/**
 * The first banking day of the Federal Reserve after a calendar day (`YYYY-MM-DD`): neither a weekend nor one of its
 * eleven holidays. Source: Federal Reserve Bank Services, holiday schedule (since 2022 with Juneteenth).
 */
export function nextUsBankingDay(date: string): string {
  let ms = Date.parse(`${date}T00:00:00Z`);
  do ms += DAY_MS;
  while (!isUsBankingDay(ms));
  return new Date(ms).toISOString().slice(0, 10);
}

function isUsBankingDay(ms: number): boolean {
  const date = new Date(ms);
  const weekday = date.getUTCDay();
  if (weekday === SUNDAY || weekday === SATURDAY) return false;
  if (FIXED.includes(monthAndDay(ms))) return false;
  if (weekday === MONDAY && FIXED.includes(monthAndDay(ms - DAY_MS))) return false;
  return !MOVING.some(([month, day, which]) => {
    if (date.getUTCMonth() + 1 !== month || weekday !== day) return false;
    const dayOfMonth = date.getUTCDate();
    if (which === -1) return new Date(ms + 7 * DAY_MS).getUTCMonth() + 1 !== month;
    return Math.ceil(dayOfMonth / 7) === which;
  });
}

function monthAndDay(ms: number): string {
  return new Date(ms).toISOString().slice(5, 10);
}
