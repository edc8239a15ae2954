import { scheduleOf } from '../partner/terms.ts';
import type { Instant } from '../time/instant.ts';

type Term = { readonly from: Instant; readonly endsAt?: Instant | undefined; readonly sequence: number };

/** Until when a term is in force, exclusive: its own end or the next one's start; `undefined`: for as long as is known. */
export function inForceUntil<T extends Term>(terms: readonly T[], term: T): Instant | undefined {
  const next = scheduleOf(terms).find(({ from }) => from > term.from)?.from;
  if (next === undefined || term.endsAt === undefined) return next ?? term.endsAt;
  return next < term.endsAt ? next : term.endsAt;
}
