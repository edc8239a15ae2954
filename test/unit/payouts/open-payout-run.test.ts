import { describe, expect, it } from 'vitest';
import { Failure } from '#shared/application/failure';
import { makeStartDueCloses, SCHEDULER } from '#shared/application/payouts/start-due-closes';
import { aClosingHalf } from '#test/support/builders/closing-half';
import { silentLog } from '#test/support/builders/payouts';
import { DECEMBER, FEBRUARY, instant, JANUARY } from '#test/support/builders/runs';

async function aReadyHalf(given: Parameters<typeof aClosingHalf>[0] = {}) {
  const half = aClosingHalf(given);
  await half.ready();
  return half;
}

const opening = (period = JANUARY, requestId = 'r1') => ({ programId: 'acme', period, by: 'person:opener', requestId });

async function refusal(work: Promise<unknown>): Promise<Failure> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Failure);
  return error as Failure;
}

describe('opening a payout run', () => {
  it('closes the books and keeps who opened it', async () => {
    const half = await aReadyHalf();
    const run = await half.open(opening());
    expect(run).toMatchObject({
      runId: '2026-01.1',
      attempt: 1,
      status: 'open',
      openedBy: 'person:opener',
      execution: 1,
    });
    expect((await half.money.programs.get('acme'))?.closedThrough).toBe(JANUARY);
  });

  it('refuses another period than the one that is due, and names it', async () => {
    const half = await aReadyHalf();
    const failure = await refusal(half.open(opening(FEBRUARY)));
    expect(failure).toMatchObject({ code: 'period_not_due', extra: { duePeriod: '2026-01' } });
    expect((await half.money.programs.get('acme'))?.closedThrough).toBe(DECEMBER);
  });

  it("refuses a month that is not over on the programme's own wall clock", async () => {
    const half = await aReadyHalf({ program: { timeZone: 'America/New_York' }, now: '2026-02-01T04:59:59.999Z' });
    const failure = await refusal(half.open(opening()));
    expect(failure).toMatchObject({ code: 'period_not_ended', extra: { endsAt: '2026-02-01T05:00:00.000Z' } });
    half.time.now += 1;
    expect((await half.open(opening())).status).toBe('open');
  });

  it('refuses a second run of a period with the id and status of the first', async () => {
    const half = await aReadyHalf();
    await half.open(opening());
    const failure = await refusal(half.open(opening(JANUARY, 'r2')));
    expect(failure).toMatchObject({ code: 'run_already_open', extra: { runId: '2026-01.1', runStatus: 'open' } });
  });

  it('answers the run it opened to a repeat of the same request', async () => {
    const half = await aReadyHalf();
    const first = await half.open(opening());
    expect(await half.open(opening())).toEqual(first);
  });

  it('opens one run when two people open it at once', async () => {
    const half = await aReadyHalf();
    const outcomes = await Promise.allSettled([half.open(opening(JANUARY, 'r1')), half.open(opening(JANUARY, 'r2'))]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('opens the next attempt once the period is open again', async () => {
    const half = await aReadyHalf();
    await half.open(opening());
    await half.end({ programId: 'acme', runId: '2026-01.1', outcome: 'failed', reason: 'A plan is missing' });
    expect((await half.open(opening(JANUARY, 'r2'))).runId).toBe('2026-01.2');
  });

  it('resumes a run that failed after its approval, with a new execution and no new attempt', async () => {
    const half = await aReadyHalf();
    const run = await half.toDecision(JANUARY);
    await half.approve(run, 'person:a');
    await half.approve(run, 'person:b');
    await half.end({ programId: 'acme', runId: run.runId, outcome: 'failed', reason: 'The bucket is gone' });
    expect(await half.money.runs.get('acme', run.runId)).toMatchObject({ status: 'failed', decision: 'approve' });
    expect(await half.open(opening(JANUARY, 'r2'))).toMatchObject({ runId: run.runId, status: 'posting' });
    expect(await half.money.runs.get('acme', run.runId)).toMatchObject({ execution: 2, status: 'posting' });
    expect(await half.plan({ programId: 'acme', runId: run.runId })).toMatchObject({ phase: 'post' });
  });

  it('refuses a programme that does not exist', async () => {
    const failure = await refusal(aClosingHalf({}).open(opening()));
    expect(failure.code).toBe('unknown_program');
  });
});

describe('starting the due closes', () => {
  const start = (half: Awaited<ReturnType<typeof aReadyHalf>>) =>
    makeStartDueCloses({
      programs: half.programs,
      zone: half.programs.zone,
      runs: half.money.runs,
      openRun: half.open,
      clock: () => half.time.now,
      log: silentLog,
    });

  it('opens the month that has ended, as nobody in person', async () => {
    const half = await aReadyHalf();
    expect(await start(half)()).toEqual({ opened: 1 });
    expect(await half.money.runs.get('acme', '2026-01.1')).toMatchObject({ openedBy: SCHEDULER });
  });

  it('opens nothing while the month lasts in its time zone', async () => {
    const half = await aReadyHalf({ program: { timeZone: 'Pacific/Auckland' }, now: '2026-01-31T10:59:59Z' });
    expect(await start(half)()).toEqual({ opened: 0 });
    half.time.now += 1_000;
    expect(await start(half)()).toEqual({ opened: 1 });
  });

  it('catches up one month a call and never opens one twice', async () => {
    const half = await aReadyHalf({ now: '2026-04-15T00:00:00Z' });
    expect(await start(half)()).toEqual({ opened: 1 });
    expect(await start(half)()).toEqual({ opened: 1 });
    expect(await start(half)()).toEqual({ opened: 1 });
    expect(await start(half)()).toEqual({ opened: 0 });
    expect((await half.money.runs.list('acme', { limit: 10 })).items.map(({ runId }) => runId)).toEqual([
      '2026-03.1',
      '2026-02.1',
      '2026-01.1',
    ]);
  });

  it('leaves a period to people once an attempt at it has ended', async () => {
    const half = await aReadyHalf();
    await start(half)();
    await half.end({ programId: 'acme', runId: '2026-01.1', outcome: 'failed', reason: 'A plan is missing' });
    expect(await start(half)()).toEqual({ opened: 0 });
  });

  it('goes on with the others when one programme cannot be opened', async () => {
    const half = await aReadyHalf();
    await half.money.programs.create({ ...half.program, programId: 'broken', timeZone: 'Mars/Olympus' });
    expect(await start(half)()).toEqual({ opened: 1 });
  });
});

describe('voiding a payout run', () => {
  it('reopens the period of an expired run once', async () => {
    const half = await aReadyHalf();
    const run = await half.toDecision(JANUARY);
    expect(await half.end({ programId: 'acme', runId: run.runId, outcome: 'expired' })).toEqual({
      status: 'expired',
      approved: false,
    });
    expect(await half.end({ programId: 'acme', runId: run.runId, outcome: 'expired' })).toEqual({
      status: 'expired',
      approved: false,
    });
    expect(await half.money.runs.get('acme', run.runId)).toMatchObject({
      status: 'expired',
      failures: [
        { reason: 'Nobody decided in time.', during: 'awaiting_decision', at: instant('2026-02-01T08:00:00Z') },
      ],
    });
    expect((await half.money.programs.get('acme'))?.closedThrough).toBe(DECEMBER);
  });

  it('lets a run go on whose approval was stored before it expired', async () => {
    const half = await aReadyHalf();
    const run = await half.toDecision(JANUARY);
    await half.approve(run, 'person:a');
    await half.approve(run, 'person:b');
    expect(await half.end({ programId: 'acme', runId: run.runId, outcome: 'expired' })).toEqual({
      status: 'posting',
      approved: true,
    });
    expect((await half.money.programs.get('acme'))?.closedThrough).toBe(JANUARY);
  });

  it('cuts a long reason', async () => {
    const half = await aReadyHalf();
    const run = await half.open(opening());
    await half.end({ programId: 'acme', runId: run.runId, outcome: 'failed', reason: 'x'.repeat(5_000) });
    expect((await half.money.runs.get('acme', run.runId))?.failures[0]?.reason).toHaveLength(400);
  });
});
