import type { Log } from '#shared/application/ports';
import type { ClickLine, ClickRollups } from '#shared/application/tracking/ports';
import { clickLineSchema } from '#shared/contracts/tracking/click-line';

export type RollupClicks = (lines: readonly string[]) => Promise<{ readonly counted: number; readonly unread: number }>;

/** Counts the clicks in a delivery of log lines, each once. A line that is no click is reported, not dropped in silence. */
export function makeRollupClicks(deps: {
  readonly rollups: Pick<ClickRollups, 'count'>;
  readonly log: Log;
}): RollupClicks {
  return async (lines) => {
    const read = lines.map(readLine);
    const clicks = read.filter((click) => click !== undefined);
    const counted = await deps.rollups.count(clicks);
    const unread = lines.length - clicks.length;
    if (unread > 0) deps.log.warn('log lines that are no clicks', { unread });
    return { counted, unread };
  };
}

function readLine(line: string): ClickLine | undefined {
  try {
    return clickLineSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
