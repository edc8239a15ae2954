import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePrograms } from '#shared/adapters/dynamodb/money/programs/programs';
import { makeRuns } from '#shared/adapters/dynamodb/money/runs/runs';
import type { PayoutRuns, ProgramStore } from '#shared/application/payouts/ports';
import { makeRemindApprovers } from '#shared/application/payouts/runs/remind-approvers';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { aProgramme, aRunToDecide, DECEMBER, HASH, instant } from '#test/support/builders/runs';
import { makeFakeMoney } from '#test/support/fakes/money';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

type Stores = { readonly programs: ProgramStore; readonly runs: PayoutRuns };

const SINCE = instant('2026-02-01T08:00:00Z');
const times = { since: SINCE, reminderHours: [72, 168], expiresAt: instant('2026-02-15T08:00:00Z') };
const reminder = { afterHours: 72, at: instant('2026-02-04T08:00:00Z'), approvals: 0 };
const approval = { by: 'person:a', at: instant('2026-02-03T08:00:00Z'), decision: 'approve' as const };
const decision = { all: [approval], given: approval, contentHash: HASH, requestId: 'r', holds: [] };

let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table?.stop());

describe.each<readonly [string, () => Stores]>([
  ['on the engine', () => ({ programs: makePrograms(table), runs: makeRuns(table) })],
  ['in memory', makeFakeMoney],
])('the wait of a run %s', (name, make) => {
  let count = 0;
  const aStored = async (run: Partial<PayoutRun>) => {
    count += 1;
    const { programs, runs } = make();
    const programId = `${name.replaceAll(' ', '-')}-${count}`;
    await programs.create(aProgramme({ programId }));
    const stored = aRunToDecide({ programId, ...run });
    await runs.open(stored, 'opening', DECEMBER, undefined);
    const read = async (): Promise<PayoutRun> => (await runs.get(programId, stored.runId))!;
    return { programs, runs, programId, runId: stored.runId, read };
  };

  it('has the times that were fixed first, and none once the run has gone on', async () => {
    const { runs, programId, runId, read } = await aStored({ status: 'summarising' });
    expect(await runs.beginWait(programId, runId, times)).toBe(true);
    expect(await runs.beginWait(programId, runId, { ...times, expiresAt: SINCE })).toBe(true);
    expect((await read()).decisionTimes).toEqual(times);
    const over = await aStored({ status: 'expired' });
    expect(await over.runs.beginWait(over.programId, over.runId, times)).toBe(false);
    expect(await runs.beginWait(programId, '2026-01.9', times)).toBe(false);
    expect((await over.read()).decisionTimes).toBeUndefined();
  });

  it('has each reminder once, whoever comes first', async () => {
    const { runs, read } = await aStored({ decisionTimes: times });
    const seen = await read();
    const written = await Promise.all([1, 2, 3].map(() => runs.remind(seen, reminder)));
    expect(written.filter(Boolean)).toHaveLength(1);
    const second = { ...reminder, afterHours: 168 };
    expect(await runs.remind(seen, second)).toBe(false);
    expect(await runs.remind(await read(), second)).toBe(true);
    expect((await read()).reminders).toEqual([reminder, second]);
  });

  it('has no reminder behind a decision, nor one that knows nothing of an approval', async () => {
    const { runs, read } = await aStored({ decisionTimes: times });
    const seen = await read();
    expect(await runs.decide(seen, { ...decision, completes: undefined })).toBe(true);
    expect(await runs.remind(seen, reminder)).toBe(false);
    expect(await runs.remind(await read(), { ...reminder, approvals: 1 })).toBe(true);
    const decided = await aStored({ decisionTimes: times });
    const waiting = await decided.read();
    expect(await decided.runs.decide(waiting, { ...decision, completes: 'approve' })).toBe(true);
    expect(await decided.runs.remind(waiting, reminder)).toBe(false);
    expect((await decided.read()).reminders).toBeUndefined();
    const open = await aStored({ status: 'open', decisionTimes: times });
    expect(await open.runs.remind(await open.read(), reminder)).toBe(false);
  });

  it('is looked after by the policy of its programme, at most once an hour that was named', async () => {
    const { programs, runs, programId, runId, read } = await aStored({ status: 'summarising' });
    const time = { now: Date.parse(SINCE) };
    const look = makeRemindApprovers({ programs, runs, clock: () => time.now });
    expect(await look({ programId, runId })).toEqual({ next: 'wait', waitSeconds: 72 * 3_600 });
    await runs.advance(programId, runId, 'awaiting_decision');
    time.now += 72 * 3_600_000;
    const looks = await Promise.all([1, 2, 3].map(() => look({ programId, runId })));
    expect(looks.map(({ next }) => next)).toEqual(['wait', 'wait', 'wait']);
    expect((await read()).reminders).toEqual([reminder]);
    time.now += 264 * 3_600_000;
    expect(await look({ programId, runId })).toEqual({ next: 'expire' });
    await expect(look({ programId, runId: '2026-01.9' })).rejects.toThrow('there is no run');
  });
});
