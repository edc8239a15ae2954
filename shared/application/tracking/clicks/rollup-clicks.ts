import { Failure } from '#shared/application/failure';
import type { Clock, Log } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import type { ClickRollups, ClickToCount } from '#shared/application/tracking/clicks/click-ports';
import type { ClickLine } from '#shared/application/tracking/ports';
import { clickLineSchema } from '#shared/contracts/tracking/click-line';
import { dayOf } from '#shared/domain/time/wall-day';

export type RollupClicks = (lines: readonly string[]) => Promise<{ readonly counted: number; readonly unread: number }>;

const DAY_MS = 86_400_000;
/**
 * A click is known again while it is kept: for the attribution window, and for as long as a delivery may come again. A dead
 * letter is kept for 14 days; the third week is for whoever sends it again.
 */
const KEPT_AT_LEAST_DAYS = 21;
/** Clocks differ by seconds; a line from a day ahead is damaged. */
const AHEAD_MS = DAY_MS;

type Settings = Pick<Program, 'timeZone'> & { readonly windowDays: number };

/** For a line of a programme that is not there: the click stays countable, and nobody reads it. */
const UNKNOWN_PROGRAM: Settings = { timeZone: 'UTC', windowDays: KEPT_AT_LEAST_DAYS };

/**
 * Counts the clicks in a delivery of log lines, each once, however often and with whatever others it is delivered.
 * 1. read each line by itself: one that is no click, or is older than a counted click is known, is reported, not dropped in silence;
 * 2. the programme's day of each click, how long it is kept, and whose link it was; 3. count.
 * Counts go to the hour of the click, so a late delivery changes hours that are over. Source: design.md, Tracking.
 */
export function makeRollupClicks(deps: {
  readonly rollups: ClickRollups;
  readonly programs: ProgramReader;
  /** Who shared a link; `undefined` where there is no such link in the programme. */
  readonly partnerOf: (programId: string, slug: string) => Promise<string | undefined>;
  readonly clock: Clock;
  readonly log: Log;
}): RollupClicks {
  const complete = async (clicks: readonly ClickLine[]): Promise<ClickToCount[]> => {
    const [first] = clicks;
    if (!first) return [];
    const { programId, slug } = first;
    const [{ timeZone, windowDays }, partnerId] = await Promise.all([
      settingsOf(deps.programs, programId),
      deps.partnerOf(programId, slug),
    ]);
    const zone = deps.programs.zone(timeZone);
    const keptMs = Math.max(windowDays, KEPT_AT_LEAST_DAYS) * DAY_MS;
    return clicks.map((click) => ({ ...click, partnerId, day: dayOf(click.at, zone), keptUntil: click.at + keptMs }));
  };

  return async (lines) => {
    const now = deps.clock();
    const read = lines.map(readLine).filter((click) => click !== undefined);
    const plausible = read.filter(({ at }) => at <= now + AHEAD_MS);
    const links = Map.groupBy(plausible, ({ programId, slug }) => `${programId} ${slug}`);
    const completed = (await Promise.all([...links.values()].map(complete))).flat();
    const countable = completed.filter(({ keptUntil }) => keptUntil > now);
    const unread = lines.length - countable.length;
    if (unread > 0) {
      const damaged = lines.length - read.length;
      const ahead = read.length - plausible.length;
      deps.log.warn('log lines that are no clicks', { unread, damaged, ahead, tooOld: unread - damaged - ahead });
    }
    return { counted: await deps.rollups.count(countable), unread };
  };
}

async function settingsOf(programs: ProgramReader, programId: string): Promise<Settings> {
  try {
    const { timeZone, attribution } = await programs.get(programId);
    return { timeZone, windowDays: attribution.windowDays };
  } catch (error) {
    if (error instanceof Failure && error.code === 'unknown_program') return UNKNOWN_PROGRAM;
    throw error;
  }
}

function readLine(line: string): ClickLine | undefined {
  try {
    return clickLineSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
