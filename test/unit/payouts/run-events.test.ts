import {
  ExecutionAlreadyExists,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { moneyChangeOfRecord } from '#shared/adapters/dynamodb/money/money-stream';
import { itemOfRun } from '#shared/adapters/dynamodb/money/runs/run-item';
import { makeRunWorkflow } from '#shared/adapters/run-workflow';
import { eventsOf } from '#shared/application/payouts/runs/money-events';
import { makeResumePayoutRun } from '#shared/application/payouts/runs/resume-payout-run';
import { makeStartPayoutRun } from '#shared/application/payouts/runs/start-payout-run';
import type { DomainEvent } from '#shared/contracts/events';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { sha256, silentLog } from '#test/support/builders/payouts';
import { aProgramme, aRun, aRunToDecide, DECEMBER, instant } from '#test/support/builders/runs';
import { makeFakeMoney } from '#test/support/fakes/money';

const image = (run: PayoutRun) => marshall(itemOfRun(run, 'r1'), { removeUndefinedValues: true }) as never;
const record = (after: PayoutRun | undefined, before?: PayoutRun) => ({
  dynamodb: { ...(after ? { NewImage: image(after) } : {}), ...(before ? { OldImage: image(before) } : {}) },
});
const published = (stream: Parameters<typeof moneyChangeOfRecord>[0]): readonly DomainEvent[] => {
  const change = moneyChangeOfRecord(stream);
  return change ? eventsOf(change) : [];
};

describe('what the Money table tells others', () => {
  it('tells that a run was opened, once', () => {
    expect(published(record(aRun()))).toEqual([
      {
        type: 'run.opened',
        eventId: 'acme/2026-01.1/opened/1',
        programId: 'acme',
        runId: '2026-01.1',
        period: '2026-01',
        occurredAt: '2026-02-01T08:00:00.000Z',
      },
    ]);
    expect(published(record(aRun({ status: 'computing' }), aRun()))).toEqual([]);
  });

  it('tells that a run was resumed, as another opening', () => {
    const events = published(
      record(
        aRun({ execution: 2, decision: 'approve', status: 'posting' }),
        aRun({ decision: 'approve', status: 'failed' }),
      ),
    );
    expect(events.map(({ eventId }) => eventId)).toEqual(['acme/2026-01.1/opened/2']);
  });

  it('tells that a run was decided when the decision is complete', () => {
    const given = [{ by: 'person:a', at: instant('2026-02-02T09:00:00Z'), decision: 'approve' as const }];
    expect(published(record(aRunToDecide({ given }), aRunToDecide()))).toEqual([]);
    expect(published(record(aRunToDecide({ given, decision: 'approve', status: 'posting' }), aRunToDecide()))).toEqual([
      {
        type: 'run.decided',
        eventId: 'acme/2026-01.1/decided',
        programId: 'acme',
        runId: '2026-01.1',
        decision: 'approve',
        occurredAt: '2026-02-02T09:00:00.000Z',
      },
    ]);
  });

  it('tells those who decide that a run waits, of each reminder, and that it expired, each once', () => {
    const expiresAt = instant('2026-02-15T08:00:00Z');
    const decisionTimes = { since: instant('2026-02-01T08:00:00Z'), reminderHours: [72], expiresAt };
    const waiting = aRunToDecide({ decisionTimes });
    const summarised = aRun({ status: 'summarising', decisionTimes });
    const said = { programId: 'acme', runId: '2026-01.1', period: '2026-01', approvalsRequired: 2 };
    expect(published(record(waiting, summarised))).toEqual([
      {
        ...said,
        type: 'run.awaiting_decision',
        eventId: 'acme/2026-01.1/awaiting',
        approvals: 0,
        decisionBy: '2026-02-15T08:00:00.000Z',
        occurredAt: '2026-02-01T08:00:00.000Z',
      },
    ]);
    const reminder = { afterHours: 72, at: instant('2026-02-04T08:00:00Z'), approvals: 1 };
    const reminded = { ...waiting, reminders: [reminder] };
    expect(published(record(reminded, waiting))).toMatchObject([
      { ...said, type: 'run.reminded', eventId: 'acme/2026-01.1/reminded/72', afterHours: 72, approvals: 1 },
    ]);
    expect(published(record({ ...reminded, holds: ['p1'] }, reminded))).toEqual([]);
    const last = { afterHours: 312, at: instant('2026-02-14T08:00:00Z'), approvals: 1, expiring: true as const };
    const expiring = { ...reminded, reminders: [reminder, last] };
    expect(published(record(expiring, reminded))).toEqual([
      {
        ...said,
        type: 'run.expiring',
        eventId: 'acme/2026-01.1/expiring',
        approvals: 1,
        decisionBy: '2026-02-15T08:00:00.000Z',
        occurredAt: '2026-02-14T08:00:00.000Z',
      },
    ]);
    const failures = [{ at: expiresAt, during: 'awaiting_decision' as const, reason: 'late' }];
    expect(published(record({ ...reminded, status: 'expired', failures }, reminded))).toMatchObject([
      { ...said, type: 'run.expired', eventId: 'acme/2026-01.1/expired', occurredAt: '2026-02-15T08:00:00.000Z' },
    ]);
    expect(published(record({ ...waiting, status: 'rejected', decision: 'reject' }, waiting))).toMatchObject([
      { type: 'run.decided' },
    ]);
  });

  it('passes on what a rail reported', () => {
    const event = {
      eventId: 'rail~po1',
      programId: 'acme',
      payoutId: 'po1',
      occurredAt: '2026-02-02T09:00:00.000Z',
      outcome: 'failed',
      reason: 'No such account',
    };
    const stored = { pk: 'acme#PAYOUT#po1', sk: 'RAIL_EVENT#rail~po1', type: 'rail_event', ...event };
    expect(published({ dynamodb: { NewImage: marshall(stored) as never } })).toEqual([
      { type: 'payout.rail_event', ...event },
    ]);
  });

  it('keeps everything else inside', () => {
    expect(
      published({
        dynamodb: { NewImage: marshall({ pk: 'x', sk: 'TOKEN', type: 'task_token', token: 'secret' }) as never },
      }),
    ).toEqual([]);
    expect(published({ dynamodb: {} })).toEqual([]);
  });
});

describe('starting and resuming the workflow', () => {
  const sfn = mockClient(SFNClient);
  const workflow = makeRunWorkflow({ client: new SFNClient({ region: 'eu-west-1' }), machineArn: 'arn:machine' });
  const error = { message: 'no', $metadata: {} };
  let money: ReturnType<typeof makeFakeMoney>;
  beforeEach(async () => {
    sfn.reset();
    sfn.onAnyCommand().resolves({});
    money = makeFakeMoney();
    await money.programs.create(aProgramme({ programId: 'acme:uk' }));
  });
  const open = (run: PayoutRun) => money.runs.open({ ...run, programId: 'acme:uk' }, 'r1', DECEMBER, undefined);
  const start = () =>
    makeStartPayoutRun({
      runs: money.runs,
      workflow,
      digest: sha256,
      drainSeconds: 90,
    });

  it('starts an execution whose name follows from the run, with ids and waits only', async () => {
    await open(aRun());
    await start()({ programId: 'acme:uk', runId: '2026-01.1' });
    const { name, input, stateMachineArn } = sfn.commandCalls(StartExecutionCommand)[0]!.args[0].input;
    expect(name).toMatch(/^2026-01-1-[0-9a-f]{32}-1$/);
    expect(stateMachineArn).toBe('arn:machine');
    expect(JSON.parse(input ?? '')).toEqual({
      programId: 'acme:uk',
      runId: '2026-01.1',
      drainSeconds: 90,
    });
    expect((await money.runs.get('acme:uk', '2026-01.1'))?.status).toBe('draining');
  });

  it('names the execution anew for a run that was opened again under its id, after the table was restored to before it', async () => {
    await open(aRun());
    await start()({ programId: 'acme:uk', runId: '2026-01.1' });
    money = makeFakeMoney();
    await money.programs.create(aProgramme({ programId: 'acme:uk' }));
    await open(aRun({ openedAt: instant('2026-02-03T08:00:00Z') }));
    await start()({ programId: 'acme:uk', runId: '2026-01.1' });
    const [first, second] = sfn.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input.name);
    expect(second).not.toBe(first);
    expect(second).toMatch(/^2026-01-1-[0-9a-f]{32}-1$/);
  });

  it('takes an execution of that name for its own', async () => {
    await open(aRun());
    sfn.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists(error));
    await start()({ programId: 'acme:uk', runId: '2026-01.1' });
    expect((await money.runs.get('acme:uk', '2026-01.1'))?.status).toBe('draining');
  });

  it('leaves the run open when the workflow cannot be started, so that the event comes again', async () => {
    await open(aRun());
    sfn.on(StartExecutionCommand).rejects(new Error('throttled'));
    await expect(start()({ programId: 'acme:uk', runId: '2026-01.1' })).rejects.toThrow('throttled');
    expect((await money.runs.get('acme:uk', '2026-01.1'))?.status).toBe('open');
  });

  it('starts nothing for a run that is under way or over', async () => {
    await open(aRun({ status: 'rejected' }));
    await start()({ programId: 'acme:uk', runId: '2026-01.1' });
    await start()({ programId: 'acme:uk', runId: '2026-07.1' });
    expect(sfn.commandCalls(StartExecutionCommand)).toHaveLength(0);
  });

  const resume = () => makeResumePayoutRun({ runs: money.runs, workflow, log: silentLog });

  it('wakes the workflow with the decision that is stored', async () => {
    await open(aRun({ status: 'rejected', decision: 'reject' }));
    await money.runs.keepTaskToken('acme:uk', '2026-01.1', 'token-1');
    await resume()({ programId: 'acme:uk', runId: '2026-01.1' });
    const { taskToken, output } = sfn.commandCalls(SendTaskSuccessCommand)[0]!.args[0].input;
    expect([taskToken, output]).toEqual(['token-1', '{"decision":"reject"}']);
  });

  it('is done when nobody waits any more, and fails when the answer is lost', async () => {
    await open(aRun({ status: 'posting', decision: 'approve' }));
    await money.runs.keepTaskToken('acme:uk', '2026-01.1', 'token-1');
    sfn.on(SendTaskSuccessCommand).rejectsOnce(new TaskTimedOut(error)).rejects(new Error('no connection'));
    await resume()({ programId: 'acme:uk', runId: '2026-01.1' });
    await expect(resume()({ programId: 'acme:uk', runId: '2026-01.1' })).rejects.toThrow('no connection');
  });

  it('asks to be called again when there is no token yet', async () => {
    await open(aRun({ status: 'posting', decision: 'approve' }));
    await expect(resume()({ programId: 'acme:uk', runId: '2026-01.1' })).rejects.toThrow('nobody waits');
  });
});
