import { Failure } from '#shared/application/failure';
import { type TimeBox, UNLIMITED } from '#shared/application/time-box';
import type { Period } from '#shared/domain/time/instant';
import { type ComputeMonthDeps, makeComputeMonthSoFar } from './compute-month-so-far.ts';
import type { RememberedFigures, RequestFigures } from './figure-ports.ts';
import type { MonthSoFar } from './month-so-far.ts';
import { type OpenPeriods, openPeriodsOf } from './open-periods.ts';
import { freshOrRemembered } from './remember.ts';

/** A partner who looks again a minute later wants to see the sale of a minute ago. */
export const MONTH_FRESH_MS = 60_000;

export type GetMonthSoFar = (
  input: { readonly programId: string; readonly partnerId: string; readonly period?: Period | undefined },
  box?: TimeBox,
) => Promise<MonthSoFar>;

/**
 * What a partner's open month comes to so far: the statement that a close would write now, and how it follows.
 * @throws Failure unknown_program; not_found (no such partner); invalid_request (a month that is final or has not begun); temporarily_unavailable (too many sales to count at once)
 */
export function makeGetMonthSoFar(
  deps: ComputeMonthDeps & {
    readonly remembered: Pick<RememberedFigures, 'month'>;
    readonly request: RequestFigures;
  },
): GetMonthSoFar {
  const compute = makeComputeMonthSoFar(deps);
  return async ({ programId, partnerId, ...asked }, box = UNLIMITED) => {
    const program = await deps.programs.get(programId);
    const [terms, open] = await Promise.all([
      deps.partners.terms(programId, partnerId),
      openPeriodsOf(deps, program, partnerId, deps.clock()),
    ]);
    if (!terms) throw new Failure('not_found', `There is no partner ${partnerId} in this programme.`);
    const period = asked.period ?? open.current;
    if (!open.has(period)) throw notOpen(period, open);
    return freshOrRemembered(
      deps,
      {
        recall: async () => {
          const month = await deps.remembered.month(programId, partnerId, period);
          // What was remembered before a month was posted opens with another balance than now.
          return month?.openFrom === open.first && month.state === stateOf(period, open) ? month : undefined;
        },
        compute: (within) => compute({ program, terms, period, open }, within),
        request: () => deps.request({ programId, partnerId, period, kind: 'month' }),
        freshMs: MONTH_FRESH_MS,
      },
      box,
    );
  };
}

export function stateOf(period: Period, open: Pick<OpenPeriods, 'closing'>): MonthSoFar['state'] {
  return open.closing === period ? 'closing' : 'open';
}

function notOpen(period: Period, { first, last }: OpenPeriods): Failure {
  const detail =
    period < first
      ? `${period} is closed: its statement says what it came to. The months so far are ${first} to ${last}.`
      : `${period} has not begun. The months so far are ${first} to ${last}.`;
  return new Failure('invalid_request', detail, {
    errors: [{ pointer: 'query:period', rule: `must be one of ${first} to ${last}` }],
  });
}
