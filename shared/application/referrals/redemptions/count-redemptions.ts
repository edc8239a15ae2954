import type * as z from 'zod';
import type { Log } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { redemptionLineSchema } from '#shared/contracts/referrals/redemption-line';
import { dayOf } from '#shared/domain/time/wall-day';

export type RedemptionRef = { readonly programId: string; readonly code: string };

/** `day`: on the programme's wall clock, when it was confirmed. */
export type ConfirmedRedemption = { readonly redemptionId: string; readonly day?: string | undefined };

export type RedemptionCounter = {
  /**
   * Counts those that are confirmed and were not counted before, by code, and where the day is known by partner and day too;
   * answers how many.
   */
  count(programId: string, redemptions: readonly ConfirmedRedemption[]): Promise<number>;
};

/**
 * Counts the confirmed redemptions in a delivery of log lines by code, each once. A line that is none is reported.
 * A redemption whose confirmation died before its line was written is counted when the merchant repeats it.
 */
export function makeCountRedemptions(deps: {
  readonly counts: RedemptionCounter;
  readonly programs: ProgramReader;
  readonly log: Pick<Log, 'warn'>;
}): (lines: readonly string[]) => Promise<{ readonly counted: number; readonly unread: number }> {
  return async (lines) => {
    const read = lines.map(readLine).filter((line) => line !== undefined);
    let counted = 0;
    for (const [programId, some] of Map.groupBy(read, (line) => line.programId)) {
      const dayAt = some.some(({ at }) => at !== undefined) ? await daysOf(deps.programs, programId) : undefined;
      const redemptions = some.map(({ redemptionId, at }) => ({
        redemptionId,
        ...(dayAt && at !== undefined ? { day: dayAt(at) } : {}),
      }));
      counted += await deps.counts.count(programId, redemptions);
    }
    const unread = lines.length - read.length;
    if (unread > 0) deps.log.warn('log lines that are no redemptions', { unread });
    return { counted, unread };
  };
}

async function daysOf(programs: ProgramReader, programId: string): Promise<(at: number) => string> {
  const { timeZone } = await programs.get(programId);
  const zone = programs.zone(timeZone);
  return (at) => dayOf(at, zone);
}

function readLine(line: string): z.output<typeof redemptionLineSchema> | undefined {
  try {
    return redemptionLineSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
