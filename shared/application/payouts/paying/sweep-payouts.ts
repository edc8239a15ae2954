import { Failure } from '#shared/application/failure';
import type { Clock, Log } from '#shared/application/ports';
import type { Program } from '#shared/application/programs';
import type { TimeBox } from '#shared/application/time-box';
import type { Payout } from '#shared/domain/ledger/payout';
import { toInstant } from '#shared/domain/time/instant';
import { forEachConcurrently } from '../concurrency.ts';
import type { AskRail } from './ask-rail.ts';
import type { OpenPayouts } from './open-payouts.ts';
import type { Rails } from './rail.ts';

/** Each from an account of its own, so that they do not wait for one another's pace. */
const PROGRAMS_AT_ONCE = 8;
/** A rail that says nothing this often in a row is asked again in an hour. */
const MAX_SILENCES = 10;
/** As long as Stripe keeps its events. */
const MAX_LOOK_BACK_MS = 30 * 24 * 3_600_000;
/** An event may be listed later than it is dated; asking twice books nothing twice. */
const OVERLAP_MS = 3_600_000;

export type SweepPayouts = (box: TimeBox) => Promise<{ readonly asked: number; readonly moved: number }>;

type Tally = { asked: number; moved: number };

export type SweepPayoutsDeps = {
  readonly programs: { list(): AsyncIterable<Program> };
  readonly open: OpenPayouts;
  readonly ask: AskRail;
  /** Which programme begins. */
  readonly turn: () => number;
  readonly rails: Rails;
  readonly clock: Clock;
  readonly log: Log;
};

/**
 * Asks the rails what became of the payouts that they gave no answer for, or accepted without saying how they ended, and books
 * what they say. Moves no money. As many as the time allows; the next call goes on behind the last one of each programme, in
 * another order of programmes, so that none waits for ever behind a long one.
 */
export function makeSweepPayouts(deps: SweepPayoutsDeps): SweepPayouts {
  return async (box) => {
    const tally: Tally = { asked: 0, moved: 0 };
    const programIds: string[] = [];
    for await (const { programId } of deps.programs.list()) programIds.push(programId);
    const first = programIds.length === 0 ? 0 : deps.turn() % programIds.length;
    const inTurn = [...programIds.slice(first), ...programIds.slice(0, first)];
    await forEachConcurrently(inTurn, PROGRAMS_AT_ONCE, async (programId) => {
      if (box.isOver()) return;
      try {
        await sweepProgram(deps, programId, box, tally);
      } catch (error) {
        // One programme must not hold up the others; the next hour tries again.
        const reason = error instanceof Error ? error.message : String(error);
        deps.log.error('open payouts were not looked at', { programId, reason });
      }
    });
    return tally;
  };
}

async function sweepProgram(deps: SweepPayoutsDeps, programId: string, box: TimeBox, tally: Tally): Promise<void> {
  // What a person must resolve stays silent for ever, and must not hide the others.
  const { isCut: isOver } = await askEach(deps, deps.open.pending(programId), box, tally, Number.POSITIVE_INFINITY);
  if (isOver) return;
  const from = await deps.open.cursor(programId);
  const { isCut, last } = await askEach(deps, deps.open.accepted(programId, from), box, tally, MAX_SILENCES);
  const to = isCut ? (last ?? from) : undefined;
  if (to !== from) await deps.open.keepCursor(programId, to);
  if (!box.isOver()) await lookBack(deps, programId, tally);
}

/**
 * What came back after it was settled: a rail tells that from a list of its own, so that no settled payout is asked for again and again.
 * The list is looked at from the same instant again until each payout on it has its answer: a return that was passed over is never told again.
 */
async function lookBack(deps: SweepPayoutsDeps, programId: string, tally: Tally): Promise<void> {
  const nowMs = deps.clock();
  const since = (await deps.open.lookedBackUntil(programId)) ?? toInstant(nowMs - MAX_LOOK_BACK_MS);
  let isAsked = false;
  let isAnswered = true;
  for (const [rail, { reversedSince }] of Object.entries(deps.rails)) {
    let payoutIds: readonly string[] | undefined;
    try {
      payoutIds = await reversedSince?.(programId, since);
    } catch (error) {
      const reason = error instanceof Error ? error.name : String(error);
      deps.log.warn('a rail does not say what came back: its key may not read events', { programId, rail, reason });
    }
    if (payoutIds === undefined) continue;
    isAsked = true;
    for (const payoutId of payoutIds)
      isAnswered = (await askBack(deps, { programId, payoutId, rail }, tally)) && isAnswered;
  }
  if (isAsked && isAnswered) await deps.open.keepLookedBack(programId, toInstant(nowMs - OVERLAP_MS));
}

/** False when it has to be asked for again. What the books do not know as handed over, as after a restoration, no rail's answer can change. */
async function askBack(
  deps: Pick<SweepPayoutsDeps, 'ask' | 'log'>,
  of: { readonly programId: string; readonly payoutId: string; readonly rail: string },
  tally: Tally,
): Promise<boolean> {
  tally.asked += 1;
  try {
    const { answer, payout } = await deps.ask(of);
    deps.log.warn('something of a payout came back', { ...of, status: payout.status });
    return answer.state !== 'unknown';
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    deps.log.error('something of a payout came back, and it could not be asked for', { ...of, reason });
    return error instanceof Failure && error.code !== 'temporarily_unavailable';
  }
}

async function askEach(
  deps: Pick<SweepPayoutsDeps, 'ask' | 'log'>,
  payouts: AsyncIterable<Payout>,
  box: TimeBox,
  tally: Tally,
  maxSilences: number,
): Promise<{ readonly isCut: boolean; readonly last?: string | undefined }> {
  let last: string | undefined;
  let silences = 0;
  for await (const { programId, payoutId, status } of payouts) {
    if (box.isOver() || silences >= maxSilences) return { isCut: true, last };
    tally.asked += 1;
    last = payoutId;
    try {
      const { answer, payout } = await deps.ask({ programId, payoutId });
      if (payout.status !== status) tally.moved += 1;
      silences = answer.state === 'unknown' ? silences + 1 : 0;
      if (answer.state !== 'unknown') continue;
      deps.log.warn('a rail does not say what became of a payout', { programId, payoutId, reason: answer.reason });
    } catch (error) {
      silences += 1;
      const reason = error instanceof Error ? error.message : String(error);
      deps.log.error('a payout could not be asked for', { programId, payoutId, reason });
    }
  }
  return { isCut: false, last };
}
