import type { Clock } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import { type TimeBox, TimeIsOver, UNLIMITED } from '#shared/application/time-box';
import { isHeldReason } from '#shared/domain/fraud/hold';
import { compareText, type Period, toEpochMs, toInstant } from '#shared/domain/time/instant';
import { dayOf } from '#shared/domain/time/wall-day';
import type { DayOfSales, SaleDaysReader, SalesDays } from './figure-ports.ts';
import { patientBox } from './remember.ts';

/**
 * Counts the sales among a month's facts by the day on which they happened. They are streamed; a month has at most some
 * hundred such days, since facts that come late count in it too.
 * @throws TimeIsOver when the box is over between two sales
 */
export function makeComputeSalesDays(deps: {
  readonly programs: Pick<ProgramReader, 'zone'>;
  readonly sales: SaleDaysReader;
  readonly clock: Clock;
}): (
  asked: { readonly program: Program; readonly partnerId: string; readonly period: Period },
  box?: TimeBox,
) => Promise<SalesDays> {
  return async ({ program, partnerId, period }, box = UNLIMITED) => {
    const zone = deps.programs.zone(program.timeZone);
    const asOf = toInstant(deps.clock());
    const days = new Map<string, { day: string; conversions: number; underReview: number }>();
    let work = 0;
    const patient = patientBox(box, () => work);
    for await (const { occurredAt, earnsNothing } of deps.sales.sales(program.programId, partnerId, period)) {
      work += 1;
      if (patient.isOver()) throw new TimeIsOver();
      const day = dayOf(toEpochMs(occurredAt), zone);
      const known = days.get(day) ?? { day, conversions: 0, underReview: 0 };
      days.set(day, known);
      if (earnsNothing === undefined) known.conversions += 1;
      else if (isHeldReason(earnsNothing)) known.underReview += 1;
    }
    const ascending: DayOfSales[] = [...days.values()].sort((a, b) => compareText(a.day, b.day));
    return { partnerId, period, asOf, days: ascending, work };
  };
}
