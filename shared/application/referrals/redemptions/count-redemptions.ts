import type { Log } from '#shared/application/ports';
import { redemptionLineSchema } from '#shared/contracts/referrals/redemption-line';

export type RedemptionRef = { readonly programId: string; readonly code: string };

export type RedemptionCounter = {
  /** Counts those that are confirmed and were not counted before; answers how many. */
  count(programId: string, redemptionIds: readonly string[]): Promise<number>;
};

/**
 * Counts the confirmed redemptions in a delivery of log lines by code, each once. A line that is none is reported.
 * A redemption whose confirmation died before its line was written is counted when the merchant repeats it.
 */
export function makeCountRedemptions(deps: {
  readonly counts: RedemptionCounter;
  readonly log: Pick<Log, 'warn'>;
}): (lines: readonly string[]) => Promise<{ readonly counted: number; readonly unread: number }> {
  return async (lines) => {
    const read = lines.map(readLine).filter((line) => line !== undefined);
    let counted = 0;
    for (const [programId, some] of Map.groupBy(read, (line) => line.programId)) {
      const ids = some.map(({ redemptionId }) => redemptionId);
      counted += await deps.counts.count(programId, ids);
    }
    const unread = lines.length - read.length;
    if (unread > 0) deps.log.warn('log lines that are no redemptions', { unread });
    return { counted, unread };
  };
}

function readLine(line: string): { readonly programId: string; readonly redemptionId: string } | undefined {
  try {
    return redemptionLineSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
