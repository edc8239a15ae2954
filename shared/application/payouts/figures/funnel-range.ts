import { Failure } from '#shared/application/failure';

/** A quarter, and as many days before it. */
export const MAX_FUNNEL_DAYS = 92;
const DAY_MS = 86_400_000;

/** Days on the programme's wall clock, both inclusive. */
export type FunnelRange = { readonly from: string; readonly to: string };

/** @throws Failure invalid_request */
export function rangeAsked(
  asked: { readonly from?: string | undefined; readonly to?: string | undefined },
  today: string,
): FunnelRange {
  const to = asked.to ?? today;
  const from = asked.from ?? `${to.slice(0, 7)}-01`;
  if (from > to) throw badRange('must not be later than `to`');
  if (daysBetween(from, to) > MAX_FUNNEL_DAYS) {
    throw badRange(`must be at most ${MAX_FUNNEL_DAYS} days before \`to\`, both counted`);
  }
  return { from, to };
}

/** As many days just before. */
export function rangeBefore({ from, to }: FunnelRange): FunnelRange {
  return { from: addDays(from, -daysBetween(from, to)), to: addDays(from, -1) };
}

/** How many days, both counted. */
export function daysBetween(from: string, to: string): number {
  return (midnight(to) - midnight(from)) / DAY_MS + 1;
}

export function addDays(day: string, days: number): string {
  return new Date(midnight(day) + days * DAY_MS).toISOString().slice(0, 10);
}

const midnight = (day: string): number => Date.parse(`${day}T00:00:00Z`);

function badRange(rule: string): Failure {
  return new Failure('invalid_request', 'Ask for fewer days, or for them in order.', {
    errors: [{ pointer: 'query:from', rule }],
  });
}
