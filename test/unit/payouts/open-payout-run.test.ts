import { describe, expect, it } from 'vitest';
import { Failure } from '#shared/application/failure';
import { makeStartDueCloses, SCHEDULER } from '#shared/application/payouts/runs/start-due-closes';
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

  it('answers the run it resumed to a repeat of the same request, and to nobody else', async () => {
    const half = await aReadyHalf();
    const run = await half.toDecision(JANUARY);
    await half.approve(run, 'person:a');
    await half.approve(run, 'person:b');
    const fail = () =>
      half.end({ programId: 'acme', runId: run.runId, outcome: 'failed', reason: 'The bucket is gone' });
    await fail();
    await half.open(opening(JANUARY, 'r2'));
    expect(await half.open(opening(JANUARY, 'r2'))).toMatchObject({ runId: run.runId, status: 'posting' });
    expect((await refusal(half.open(opening(JANUARY, 'r3')))).code).toBe('run_already_open');
    await fail();
    expect(await half.open(opening(JANUARY, 'r2'))).toMatchObject({ status: 'failed', execution: 2 });
    expect(await half.open(opening(JANUARY, 'r3'))).toMatchObject({ status: 'posting' });
  });

  describe('while the run of the month before is not over', () => {
    const inMarch = async () => {
      const half = await aReadyHalf();
      const run = await half.toDecision(JANUARY);
      half.time.now = Date.parse('2026-03-01T08:00:00Z');
      return { half, run };
    };

    it.each(['awaiting_decision', 'posting', 'failed'] as const)('refuses the next one: %s', async (runStatus) => {
      const { half, run } = await inMarch();
      if (runStatus !== 'awaiting_decision') {
        await half.approve(run, 'person:a');
        await half.approve(run, 'person:b');
      }
      if (runStatus === 'failed') await half.end({ programId: 'acme', runId: run.runId, outcome: 'failed' });
      expect(await refusal(half.open(opening(FEBRUARY, 'r2')))).toMatchObject({
        code: 'run_already_open',
        extra: { runId: '2026-01.1', runStatus },
      });
      expect((await half.money.programs.get('acme'))?.closedThrough).toBe(JANUARY);
    });

    it('names the blocking run and what to do about it', async () => {
      const { half } = await inMarch();
      expect((await refusal(half.open(opening(FEBRUARY, 'r2')))).message).toMatch(/^Decide on it: run 2026-01\.1 /);
    });

    it('opens the next one as soon as it is completed', async () => {
      const { half, run } = await inMarch();
      await half.approve(run, 'person:a');
      await half.approve(run, 'person:b');
      await half.paid(run);
      expect((await half.open(opening(FEBRUARY, 'r2'))).runId).toBe('2026-02.1');
    });

    it('reopens a rejected month, not the one after it', async () => {
      const { half, run } = await inMarch();
      const rejection = { programId: 'acme', runId: run.runId, by: 'person:a', requestId: 'x', comment: 'No' };
      await half.decide({ ...rejection, decision: 'reject', contentHash: run.contentHash ?? '' });
      expect((await refusal(half.open(opening(FEBRUARY, 'r2')))).code).toBe('period_not_due');
      expect((await half.open(opening(JANUARY, 'r3'))).runId).toBe('2026-01.2');
    });
  });

  it.each(['draining', 'computing', 'summarising'] as const)(
    'answers a run that was left %s with 409 for a day, then ends it and opens the next attempt',
    async (status) => {
      const half = await aReadyHalf();
      await half.open(opening());
      for (const step of ['draining', 'computing', 'summarising'] as const) {
        await half.money.runs.advance('acme', '2026-01.1', step);
        if (step === status) break;
      }
      half.time.now += 24 * 3_600_000;
      expect(await refusal(half.open(opening(JANUARY, 'r2')))).toMatchObject({ extra: { runStatus: status } });
      half.time.now += 1;
      expect((await half.open(opening(JANUARY, 'r3'))).runId).toBe('2026-01.2');
      expect(await half.money.runs.get('acme', '2026-01.1')).toMatchObject({
        status: 'failed',
        failures: [{ during: status, reason: 'The run had not moved for a day.' }],
      });
    },
  );

  it('resumes a run that stood still for a day after its approval', async () => {
    const half = await aReadyHalf();
    const run = await half.toDecision(JANUARY);
    await half.approve(run, 'person:a');
    await half.approve(run, 'person:b');
    half.time.now += 24 * 3_600_000 + 1;
    expect(await half.open(opening(JANUARY, 'r2'))).toMatchObject({ runId: run.runId, status: 'posting' });
    expect(await half.money.runs.get('acme', run.runId)).toMatchObject({ execution: 2 });
  });

  it('never takes a run that waits for its decision for stalled', async () => {
    const half = await aReadyHalf();
    await half.toDecision(JANUARY);
    half.time.now += 14 * 24 * 3_600_000;
    expect(await refusal(half.open(opening(JANUARY, 'r2')))).toMatchObject({
      extra: { runStatus: 'awaiting_decision' },
    });
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

  it('catches up a month at a time, each once the run before it is completed', async () => {
    const half = await aReadyHalf({ now: '2026-04-15T00:00:00Z' });
    for (const runId of ['2026-01.1', '2026-02.1', '2026-03.1']) {
      expect(await start(half)()).toEqual({ opened: 1 });
      expect(await start(half)()).toEqual({ opened: 0 });
      await half.money.runs.advance('acme', runId, 'computing');
      await half.money.runs.advance('acme', runId, 'summarising');
      await half.money.runs.advance('acme', runId, 'awaiting_decision');
      expect(await start(half)()).toEqual({ opened: 0 });
      await half.money.runs.advance('acme', runId, 'posting');
      await half.money.runs.advance('acme', runId, 'completed');
    }
    expect(await start(half)()).toEqual({ opened: 0 });
    expect((await half.money.runs.list('acme', { limit: 10 })).items.map(({ runId }) => runId)).toEqual([
      '2026-03.1',
      '2026-02.1',
      '2026-01.1',
    ]);
  });

  it('leaves months that ended before the programme was created to people, on its own wall clock', async () => {
    const createdAt = instant('2026-01-31T23:30:00Z');
    const behind = await aReadyHalf({ program: { createdAt, timeZone: 'Europe/London' } });
    expect(await start(behind)()).toEqual({ opened: 1 });
    const ahead = await aReadyHalf({ program: { createdAt, timeZone: 'Europe/Berlin' } });
    expect(await start(ahead)()).toEqual({ opened: 0 });
    expect((await ahead.open(opening())).runId).toBe('2026-01.1');
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
        {
          reason:
            'Nobody decided in time: 0 of 2 approvals had come by 2026-02-15T08:00:00.000Z. ' +
            'The drafts are void and 2026-01 is open again: open its run anew to compute and decide on it.',
          during: 'awaiting_decision',
          at: instant('2026-02-01T08:00:00Z'),
        },
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
