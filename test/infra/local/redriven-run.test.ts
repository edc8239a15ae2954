import { beforeAll, describe, expect, test } from 'vitest';
import { aPaidRun, type Fault } from './support/paid-run.ts';

type Call = Parameters<Fault>[0];
const SECOND_SHARD = 1;

/** Whether a call is one of the stage; of a map, the child with the second shard, from its second call on. */
const isOf =
  (name: string, step?: string) =>
  ({ name: called, input }: Call): boolean => {
    const { step: ofCall, first, cursor } = input as { step?: string; first?: number; cursor?: unknown };
    if (called !== name || ofCall !== step) return false;
    return first === undefined || (first === SECOND_SHARD && cursor !== undefined);
  };

const STAGES = [
  ['compute', isOf('compute-statements', 'compute')],
  ['recount', isOf('compute-statements', 'recount')],
  ['summarise', isOf('summarise-payout-run')],
  ['post', isOf('post-statements')],
  ['submit', isOf('submit-payouts')],
  ['write the bank files', isOf('write-bank-files')],
  ['complete', isOf('complete-payout-run')],
] as const;
const BEFORE_APPROVAL = STAGES.slice(0, 3);
const AFTER_APPROVAL = STAGES.slice(3);

let expected: Awaited<ReturnType<Awaited<ReturnType<typeof aPaidRun>>['bytes']>>;
beforeAll(async () => {
  const whole = await aPaidRun();
  const { runId, ended, run } = await whole.go();
  expect(ended.status).toBe('SUCCEEDED');
  expect(run.status).toBe('completed');
  expected = await whole.bytes(runId);
  expect(expected.files).toHaveLength(1);
  expect(expected.payouts).toHaveLength(120);
  expect(expected.payouts.every(({ status }) => status === 'submitted')).toBe(true);
});

describe('a shard that fails', () => {
  test.each(STAGES)(
    'in %s, now before its work and now when its answer is lost, comes to the same',
    async (_name, isIt) => {
      let times = 0;
      const { go, bytes } = await aPaidRun((call) => {
        if (isIt(call) && times < 3 && call.when === (times % 2 === 0 ? 'before' : 'after')) {
          times += 1;
          throw new Error('the network');
        }
      });
      const { runId, ended } = await go();
      expect(times).toBe(3);
      expect(ended.status).toBe('SUCCEEDED');
      expect(await bytes(runId)).toEqual(expected);
    },
  );

  test.each(AFTER_APPROVAL)(
    'for good in %s stops the run, which goes on where it stopped when it is opened again',
    async (_name, isIt) => {
      let broken = true;
      const { go, bytes, calls } = await aPaidRun((call) => {
        if (broken && isIt(call) && call.when === 'before') throw new Error('an outage');
      });
      const failed = await go();
      expect(failed.ended).toMatchObject({ status: 'FAILED', error: 'PayoutRunFailed' });
      expect(failed.run).toMatchObject({ status: 'failed', decision: 'approve' });
      broken = false;
      const computed = calls.filter(({ name }) => name === 'compute-statements').length;
      const resumed = await go();
      expect(resumed.runId).toBe(failed.runId);
      expect(resumed.run).toMatchObject({ status: 'completed', execution: 2 });
      expect(calls.filter(({ name }) => name === 'compute-statements')).toHaveLength(computed);
      expect(await bytes(resumed.runId)).toEqual(expected);
    },
  );

  test.each(BEFORE_APPROVAL)(
    'for good in %s ends the run unpaid; the next attempt comes to the same amounts',
    async (_name, isIt) => {
      let broken = true;
      const { go, bytes } = await aPaidRun((call) => {
        if (broken && isIt(call)) throw new Error('an outage');
      });
      const failed = await go();
      expect(failed.run).toMatchObject({ runId: '2026-01.1', status: 'failed' });
      expect(failed.run.decision).toBeUndefined();
      broken = false;
      const again = await go();
      expect(again.run).toMatchObject({ runId: '2026-01.2', status: 'completed' });
      const amounts = ({ payouts }: typeof expected) =>
        payouts.map(({ amountMinor, status }) => ({ amountMinor, status }));
      expect(amounts(await bytes(again.runId))).toEqual(amounts(expected));
    },
  );
});
