import { createHash } from 'node:crypto';
import { payoutRunDefinition } from '#infra/workflows/payout-run';
import { childrenOf, overShards, type ShardRange } from '#shared/application/payouts/runs/shard-ranges';
import type { TimeBox } from '#shared/application/time-box';
import { aClosingHalf } from '#test/support/builders/closing-half';
import { factsWith, PLAN, partner, sale } from '#test/support/builders/computed-run';
import { aPayingHalf, type PayingHalf } from '#test/support/builders/paying-half';
import { bankPayee } from '#test/support/builders/payouts';
import { instant, JANUARY } from '#test/support/builders/runs';
import { aWorkflow, MACHINE_ARN, untilEnded } from './workflow.ts';

/** Shards of fifty, fifty and twenty. */
const PARTNERS = Array.from({ length: 120 }, (_, index) => `p${String(index).padStart(3, '0')}`);
/** Looks at the clock that a call has time for: a shard takes several calls. */
const LOOKS = 30;
/** The details of a file are read in one call; its books take a second one. */
const LOOKS_OF_FILES = 180;
const PROGRAM_ID = 'acme';
const ids = (runId: string) => ({ programId: PROGRAM_ID, runId });

type Named = { readonly programId: string; readonly runId: string };
/** Throws where a test wants a call of a function to fail: before its work, or after it, when the answer is lost. */
export type Fault = (call: {
  readonly name: string;
  readonly input: object;
  readonly when: 'before' | 'after';
}) => void;

const aBox = (looks = LOOKS): TimeBox => {
  let left = looks;
  return { isOver: () => left-- <= 0 };
};

/** The payout run as it is deployed, on the local host, with the use cases over fakes behind its functions. */
export async function aPaidRun(fault: Fault = () => {}) {
  const sales = PARTNERS.map((partnerId, index) =>
    sale(`order-${partnerId}`, { partnerId, amountMinor: BigInt(10_000 + index) }),
  );
  const half = aClosingHalf({
    partners: PARTNERS.map(partner),
    plans: new Map([[1, PLAN]]),
    facts: factsWith(sales),
    payees: {
      of: (id) => ({ payeeId: `${id}.enrolment`, rail: 'bank_file', changedAt: instant('2026-01-01T00:00:00Z') }),
    },
  });
  await half.ready();
  const payees = Object.fromEntries(PARTNERS.map((id) => [id, bankPayee()]));
  let paying: PayingHalf | undefined;
  const pays = async (runId: string): Promise<PayingHalf> => {
    const run = await half.money.runs.get(PROGRAM_ID, runId);
    const { shards, reviews } = half.money;
    paying ??= aPayingHalf({ statements: [], shards, reviews, runs: run ? [run] : [], payees });
    return paying;
  };
  const post = async (range: ShardRange) => overShards((await pays(range.runId)).post)(range, aBox());
  const submit = async (range: ShardRange) => overShards((await pays(range.runId)).submit)(range, aBox());
  const functions: Record<string, (input: never) => Promise<unknown>> = {
    'plan-payout-run': async (input: Named) => {
      const { phase, shards } = await half.plan(input);
      return { phase, ...childrenOf(shards.length) };
    },
    'compute-statements': ({ step, ...range }: ShardRange & { step: string }) =>
      overShards(step === 'compute' ? half.compute : half.recount)(range, aBox()),
    'summarise-payout-run': half.summarise,
    'remind-approvers': half.remind,
    'request-decision': half.request,
    'post-statements': post,
    'submit-payouts': submit,
    'write-bank-files': async (input: Named) => (await pays(input.runId)).writeFiles(input, aBox(LOOKS_OF_FILES)),
    'complete-payout-run': (input: Named) => half.complete(input, aBox()),
    'void-payout-run': ({ error, cause, ...input }: Named & { outcome: 'failed'; error?: string; cause?: string }) =>
      half.end({ ...input, reason: `${error}: ${cause}` }),
    'plan-tier-review': async () => ({ shards: [] }),
  };
  const handlers = Object.fromEntries(
    Object.entries(functions).map(([name, call]) => [
      name,
      async (input: never) => {
        fault({ name, input, when: 'before' });
        const answer = await call(input);
        fault({ name, input, when: 'after' });
        return answer;
      },
    ]),
  );
  const arns = new Proxy<Record<string, string>>({}, { get: (_target, name) => String(name) });
  const { service, calls } = aWorkflow(payoutRunDefinition(arns), handlers);

  const start = (runId: string, execution: number) =>
    service.start(MACHINE_ARN, JSON.stringify({ ...ids(runId), drainSeconds: 1 }), `${runId}-${execution}`);

  return {
    half,
    calls,
    paying: () => paying,
    /** Opens the month, or the run that failed after its approval, and takes it as far as it comes. */
    go: async () => {
      half.time.now += 1_000;
      const { runId } = await half.open({
        programId: PROGRAM_ID,
        period: JANUARY,
        by: 'person:opener',
        requestId: `${half.time.now}`,
      });
      const { execution } = (await half.money.runs.get(PROGRAM_ID, runId))!;
      const { executionArn } = start(runId, execution);
      const approved = approveWhenAsked(runId);
      const ended = await untilEnded(service, executionArn);
      approved.stop();
      return { runId, ended, run: (await half.money.runs.get(PROGRAM_ID, runId))! };
    },
    /** Everything that was paid and why, without the instants at which it was written. */
    bytes: async (runId: string) => {
      const { files = undefined, documents, entries = [], stored } = paying ?? {};
      const digests = [];
      for (const file of (await files?.list(PROGRAM_ID, runId)) ?? []) {
        const text = (await documents?.get(file.documentKey)) ?? '';
        digests.push([file.documentKey, file.count, createHash('sha256').update(text).digest('hex')]);
      }
      const results = [];
      for await (const result of half.money.shards.results(PROGRAM_ID, runId)) results.push(result);
      return {
        results,
        contentHash: (await half.money.runs.get(PROGRAM_ID, runId))?.contentHash,
        files: digests,
        entries: entries
          .map(({ entryId, postings }) => ({ entryId, postings }))
          .sort((a, b) => (a.entryId < b.entryId ? -1 : 1)),
        payouts: [...(stored?.values() ?? [])]
          .map(({ payoutId, status, amountMinor, endToEndId }) => ({ payoutId, status, amountMinor, endToEndId }))
          .sort((a, b) => (a.payoutId < b.payoutId ? -1 : 1)),
      };
    },
  };

  function approveWhenAsked(runId: string): { stop: () => void } {
    let stopped = false;
    const look = async (): Promise<void> => {
      while (!stopped) {
        const run = await half.money.runs.get(PROGRAM_ID, runId);
        if (run?.status === 'awaiting_decision' && !run.decision) {
          await half.approve(run, 'person:a');
          await half.approve(run, 'person:b');
          const taskToken = await half.money.runs.taskToken(PROGRAM_ID, runId);
          service.operations.SendTaskSuccess!({ taskToken, output: '{"decision":"approve"}' });
        }
        await new Promise((done) => setTimeout(done, 1));
      }
    };
    void look();
    return {
      stop: () => {
        stopped = true;
      },
    };
  }
}
