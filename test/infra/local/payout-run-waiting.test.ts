import { describe, expect, test } from 'vitest';
import { payoutRunDefinition } from '#infra/workflows/payout-run';
import { makeResumePayoutRun } from '#shared/application/payouts/runs/resume-payout-run';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { aClosingHalf } from '#test/support/builders/closing-half';
import { silentLog } from '#test/support/builders/payouts';
import { JANUARY } from '#test/support/builders/runs';
import { aWorkflow, type Handlers, runToEnd } from './support/workflow.ts';

const HOUR_MS = 3_600_000;
const SINCE = Date.parse('2026-02-01T08:00:00Z');
const names = new Proxy<Record<string, string>>({}, { get: (_target, name) => String(name) });

/** The workflow from its summary to its decision, with what comes after a decision in place of the paying. */
function waitingPart(run: Pick<PayoutRun, 'programId' | 'runId'>): object {
  const { States } = payoutRunDefinition(names) as { States: Record<string, object> };
  const Begin = { Type: 'Pass', Assign: { programId: run.programId, runId: run.runId }, Next: 'Remind' };
  return { StartAt: 'Begin', States: { ...States, Begin, Post: { Type: 'Pass', Output: 'paid', End: true } } };
}

type Call = 'remind-approvers' | 'request-decision' | 'void-payout-run';
type Gap = { readonly call: Call; readonly nth: number; readonly when: 'before' | 'after' };

/**
 * A run that waits, in the real workflow and by the real use cases. `during` happens before or after the n-th call of a function;
 * calls of `lost` lose their first answer.
 */
async function aWaitingRun(
  during?: { readonly gap: Gap; readonly act: (world: World) => Promise<unknown> },
  lost = false,
) {
  const half = aClosingHalf({ partners: [{ partnerId: 'p1', agreements: [], tiers: [] }] });
  await half.ready();
  const run = await half.toDecision(JANUARY);
  const counts = new Map<Call, number>();
  const done: Record<Call, (input: never) => Promise<unknown>> = {
    'remind-approvers': half.remind,
    'request-decision': half.request,
    'void-payout-run': half.end,
  };
  const handler = (call: Call) => async (input: never) => {
    const nth = (counts.get(call) ?? 0) + 1;
    counts.set(call, nth);
    const isNow = (when: Gap['when']): boolean =>
      during?.gap.call === call && during.gap.nth === nth && during.gap.when === when;
    if (isNow('before')) await during?.act(world);
    const answer = await done[call](input);
    if (isNow('after')) await during?.act(world);
    if (lost && nth % 2 === 1) throw new Error('the answer was lost');
    return answer ?? null;
  };
  const handlers = Object.fromEntries(Object.keys(done).map((call) => [call, handler(call as Call)])) as Handlers;
  const workflow = aWorkflow(waitingPart(run), handlers);
  workflow.clock.now = SINCE;
  Object.defineProperty(half.time, 'now', { get: () => workflow.clock.now });
  const resume = makeResumePayoutRun({
    runs: half.money.runs,
    log: silentLog,
    workflow: {
      resume: async (taskToken, output) => {
        try {
          workflow.service.operations.SendTaskSuccess!({ taskToken, output: JSON.stringify(output) });
          return true;
        } catch {
          return false;
        }
      },
    },
  });
  const stored = async (): Promise<PayoutRun> => (await half.money.runs.get('acme', run.runId))!;
  const world = {
    half,
    run,
    stored,
    approve: async (): Promise<void> => {
      await half.approve(run, 'person:a');
      await half.approve(run, 'person:b');
    },
    /** The event of the decision, as often as it is delivered. */
    tell: () => resume({ programId: 'acme', runId: run.runId }),
    end: async () => ({ ended: await runToEnd(workflow.service, {}), run: await stored() }),
    waitedMs: () => workflow.clock.now - SINCE,
  };
  return world;
}
type World = Awaited<ReturnType<typeof aWaitingRun>>;

const hours = ({ reminders = [] }: PayoutRun): number[] => reminders.map(({ afterHours }) => afterHours);

describe('a payout run that nobody decides on', () => {
  test('is reminded at each hour of its policy and a day before the end, then expires and reopens its month', async () => {
    const world = await aWaitingRun();
    const { ended, run } = await world.end();
    expect(ended.status).toBe('SUCCEEDED');
    expect(run).toMatchObject({
      status: 'expired',
      reminders: [
        { afterHours: 72, at: '2026-02-04T08:00:00.000Z', approvals: 0 },
        { afterHours: 168, at: '2026-02-08T08:00:00.000Z', approvals: 0 },
        { afterHours: 312, at: '2026-02-14T08:00:00.000Z', approvals: 0, expiring: true },
      ],
      failures: [{ during: 'awaiting_decision', at: '2026-02-15T08:00:00.000Z' }],
    });
    expect(run.failures[0]?.reason).toContain('0 of 2 approvals had come by 2026-02-15T08:00:00.000Z');
    expect(world.waitedMs()).toBe(336 * HOUR_MS);
    expect((await world.half.money.programs.get('acme'))?.closedThrough).toBe('2025-12');
  });

  test('is reminded once each, also when every answer of a call is lost at first', async () => {
    const { ended, run } = await (await aWaitingRun(undefined, true)).end();
    expect([ended.status, run.status, hours(run)]).toEqual(['SUCCEEDED', 'expired', [72, 168, 312]]);
  });

  test('has its count of approvals in each reminder', async () => {
    const gap = { call: 'request-decision', nth: 2, when: 'after' } as const;
    const world = await aWaitingRun({ gap, act: ({ half, run }) => half.approve(run, 'person:a') });
    const { run } = await world.end();
    expect(run.reminders?.map(({ approvals }) => approvals)).toEqual([0, 1, 1]);
    expect(run.failures[0]?.reason).toContain('1 of 2 approvals');
  });
});

describe('a decision in any gap of the waiting', () => {
  const gaps: Gap[] = (['remind-approvers', 'request-decision'] as const).flatMap((call) =>
    [1, 2, 3].flatMap((nth) => (['before', 'after'] as const).map((when) => ({ call, nth, when }))),
  );
  /** Reminders that were written before the decision came. */
  const remindedBy = ({ call, nth, when }: Gap): number[] =>
    [72, 168].slice(0, call === 'remind-approvers' && when === 'before' ? Math.max(0, nth - 2) : nth - 1);

  test.each(gaps)('is paid once, and nobody is reminded after it: $when call $nth of $call', async (gap) => {
    const lateness = { soon: 2, never: 0 };
    for (const told of Object.values(lateness)) {
      const act = async (world: World): Promise<void> => {
        await world.approve();
        // Its event may come twice, or so late that every wait is over.
        for (let delivery = 1; delivery <= told; delivery += 1) await world.tell();
      };
      const world = await aWaitingRun({ gap, act });
      const { ended, run } = await world.end();
      expect(ended).toEqual({ status: 'SUCCEEDED', output: 'paid' });
      expect([run.status, hours(run)]).toEqual(['posting', remindedBy(gap)]);
      // Only an event that never came is waited for, until the next look.
      const isMissed = told === 0 && gap.call === 'request-decision' && gap.when === 'after';
      expect(world.waitedMs() / HOUR_MS).toBe([0, 72, 168, 312][isMissed ? gap.nth : gap.nth - 1]);
      await world.tell();
    }
  });

  test('ends the run when it is a rejection', async () => {
    const act = async ({ half, run, tell }: World): Promise<void> => {
      const { programId, runId, contentHash = '' } = run;
      const request = { programId, runId, by: 'person:a', requestId: 'r', contentHash };
      await half.decide({ ...request, decision: 'reject', comment: 'a slip' });
      await tell();
    };
    const { ended, run } = await (await aWaitingRun({ gap: gaps.at(-1)!, act })).end();
    expect([ended.status, ended.output === 'paid', run.status]).toEqual(['SUCCEEDED', false, 'rejected']);
  });

  test('counts when it was stored just before the expiry, and is refused just after it', async () => {
    const before = await aWaitingRun({
      gap: { call: 'void-payout-run', nth: 1, when: 'before' },
      act: ({ approve }) => approve(),
    });
    expect(await before.end()).toMatchObject({ ended: { output: 'paid' }, run: { status: 'posting' } });
    let refused: unknown;
    const after = await aWaitingRun({
      gap: { call: 'void-payout-run', nth: 1, when: 'after' },
      act: ({ approve }) => approve().catch((error: unknown) => (refused = error)),
    });
    expect(await after.end()).toMatchObject({ run: { status: 'expired', given: [] } });
    expect(refused).toMatchObject({ code: 'run_not_awaiting_decision' });
  });
});
