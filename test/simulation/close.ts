import { Failure } from '#shared/application/failure';
import { FactsChanged } from '#shared/application/payouts/runs/stop-run';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { nextPeriod, startOfPeriod } from '#shared/domain/time/calendar';
import { type Period, toInstant } from '#shared/domain/time/instant';
import { type Chance, surviving } from './chance.ts';
import { type House, PROGRAM_ID } from './house.ts';

const MAX_ATTEMPTS = 12;
const PEOPLE = ['person:a', 'person:b', 'person:c'];
const DAY_MS = 86_400_000;

/** What others do meanwhile; it never fails. */
export type Meanwhile = {
  /** Under way when the books close: it ends with the drain. */
  readonly atTheCut: () => Promise<void>;
  /** While statements are computed and approved. */
  readonly afterwards: () => Promise<void>;
};

/** A task of the workflow: again after a crash, and now and then twice at once, as after a time-out. */
async function task(chance: Chance, work: () => Promise<unknown>): Promise<void> {
  const times = chance.happens(0.15) ? 2 : 1;
  const outcomes = await Promise.allSettled(Array.from({ length: times }, () => surviving(work)));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

/** Closes a month as people and the workflow do, by as many attempts as it takes, and pays it. */
export async function closeMonth(house: House, period: Period, meanwhile: Meanwhile, chance: Chance): Promise<void> {
  const zone = house.programs.zone(house.program.timeZone);
  house.time.now = Math.max(house.time.now, startOfPeriod(nextPeriod(period), zone) + DAY_MS);
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    house.time.now += 60_000;
    const first = attempt === 1;
    const run = await compute(house, period, first ? meanwhile : undefined, chance);
    if (run.status !== 'awaiting_decision') continue;
    if (first) await meanwhile.afterwards();
    if (await decide(house, run, chance)) return pay(house, run, chance);
  }
  throw new Error(`${period} was not closed in ${MAX_ATTEMPTS} attempts`);
}

/** The attempt as it stands when its drafts are computed; failed when its facts had changed. */
async function compute(
  house: House,
  period: Period,
  meanwhile: Meanwhile | undefined,
  chance: Chance,
): Promise<PayoutRun> {
  const atTheCut = meanwhile?.atTheCut();
  const by = chance.oneOf(['person:opener', ...PEOPLE]);
  const input = { programId: PROGRAM_ID, period, by, requestId: `open ${period} ${house.time.now}` };
  const { runId } = await surviving(() => house.open(input));
  // The drain: who was writing has ended, and everybody has seen the close since.
  await atTheCut;
  await house.refresh();
  const ids = { programId: PROGRAM_ID, runId };
  try {
    const { shards } = await surviving(() => house.plan(ids));
    for (const shard of shards) await task(chance, () => house.compute({ ...ids, shard }));
    for (const shard of shards) await task(chance, () => house.recount({ ...ids, shard }));
    await surviving(() => house.summarise(ids));
    await surviving(() => house.remind(ids));
    await surviving(() => house.request({ ...ids, taskToken: `token of ${runId}` }));
  } catch (error) {
    const status = (await house.stored().runs.get(PROGRAM_ID, runId))?.status;
    if (!(error instanceof FactsChanged) && status !== 'failed') throw error;
  }
  return (await house.stored().runs.get(PROGRAM_ID, runId))!;
}

/** Two people who may, at once or one after the other; now and then somebody rejects. True when it is approved. */
async function decide(house: House, run: PayoutRun, chance: Chance): Promise<boolean> {
  const holds = !house.setting.steady && chance.happens(0.1) ? [chance.oneOf(house.partners).partnerId] : [];
  const say = async (by: string, decision: 'approve' | 'reject'): Promise<void> => {
    const { programId, runId, contentHash = '' } = run;
    const what = decision === 'approve' ? { holds } : { comment: 'look again' };
    const request = { programId, runId, by, requestId: `${by} ${decision} ${runId}`, decision, contentHash, ...what };
    try {
      await surviving(() => house.decide(request));
      const at = toInstant(house.time.now);
      const kept = house.decisions.get(runId) ?? [];
      house.decisions.set(runId, [
        ...kept,
        { by, at, decision, contentHash, holds: decision === 'approve' ? holds : [] },
      ]);
    } catch (error) {
      // Who opened the run cannot approve it, and who comes third finds it decided.
      if (!(error instanceof Failure)) throw error;
      if (!['approver_excluded', 'run_not_awaiting_decision'].includes(error.code)) throw error;
    }
  };
  if (chance.happens(0.15)) {
    await say('person:finance', 'reject');
    return false;
  }
  const people = chance.shuffled(PEOPLE);
  if (chance.happens(0.5)) await Promise.all(people.map((by) => say(by, 'approve')));
  else for (const by of people) await say(by, 'approve');
  const decided = await house.stored().runs.get(PROGRAM_ID, run.runId);
  if (decided?.decision !== 'approve') throw new Error(`run ${run.runId} found no two approvers`);
  return true;
}

/** Posts and pays an approved run; one that fails on the way is opened again and goes on where it stopped. */
async function pay(house: House, { runId, period }: PayoutRun, chance: Chance): Promise<void> {
  const ids = { programId: PROGRAM_ID, runId };
  const { shards } = await surviving(() => house.plan(ids));
  for (const shard of shards) await task(chance, () => house.post({ ...ids, shard }));
  if (chance.happens(0.1)) {
    await surviving(() => house.end({ ...ids, outcome: 'failed', reason: 'an outage' }));
    const again = { programId: PROGRAM_ID, period, by: 'person:operator', requestId: `resume ${runId}` };
    await surviving(() => house.open(again));
    for (const shard of shards) await task(chance, () => house.post({ ...ids, shard }));
  }
  if (chance.happens(0.8)) await surviving(() => house.money.runs.advance(PROGRAM_ID, runId, 'submitting'));
  for (const shard of shards) await task(chance, () => house.submit({ ...ids, shard }));
  await surviving(() => house.writeFiles(ids));
  await surviving(() => house.complete(ids));
}
