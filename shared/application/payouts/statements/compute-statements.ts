import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { Balances } from '#shared/application/payouts/ledger/ledger-ports';
import type {
  AdjustmentStore,
  PayoutRuns,
  RunShards,
  ShardPart,
  StatementReader,
  StatementSummary,
  StatementWriter,
} from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { ReferralFacts } from '#shared/application/referral-facts';
import { type TimeBox, TimeIsOver, UNLIMITED } from '#shared/application/time-box';
import type { Currency } from '#shared/domain/money/money';
import type { Plan } from '#shared/domain/plan/plan';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { forEachInTime } from '../concurrency.ts';
import { PartnerTooLarge, SMALLER, stopRun } from '../runs/stop-run.ts';
import { makeLateRefunds } from './late-refunds.ts';
import { makePurchases } from './purchases.ts';
import { assertSafePosting, assertSafeStatement } from './safe-amounts.ts';
import { statePartner } from './state-partner.ts';
import type { RunningHash } from './statement-draft.ts';
import { watchFacts } from './watch-facts.ts';

/** Partners of a shard worked on at once: enough to hide the latency of their first reads. */
const PARTNERS_AT_ONCE = 4;
/**
 * Calls for one partner's month. Each reads it again from its first fact and goes on writing where the last was cut, so that
 * later ones get on by less and less: the twelfth stands within a hundredth of where they all would end.
 */
const MAX_TRIES = 12;

export type ComputeStatementsDeps = {
  readonly programs: ProgramReader;
  readonly runs: Pick<PayoutRuns, 'get' | 'latestOf' | 'endUnpaid'>;
  readonly shards: Pick<RunShards, 'partnerIds' | 'putResult' | 'result' | 'putPart' | 'part'>;
  readonly partners: Pick<PartnerTermsReader, 'terms'>;
  readonly plans: { get(programId: string, version: number): Promise<Plan | undefined> };
  readonly facts: ReferralFacts;
  readonly adjustments: Pick<AdjustmentStore, 'ofPartner'>;
  readonly balances: Balances;
  readonly statements: Pick<StatementReader, 'earnedLines'>;
  /** `resuming`: what an earlier call wrote of a statement is read, not written again. */
  readonly newWriter: (options?: { readonly resuming: boolean }) => StatementWriter;
  readonly newHash: () => RunningHash;
  readonly clock: Clock;
};

/** `after`: the partner it was cut at, to be called with again. */
export type ComputeStatements = (
  input: {
    readonly programId: string;
    readonly runId: string;
    readonly shard: string;
    readonly after?: string | undefined;
  },
  box?: TimeBox,
) => Promise<{ readonly after?: string | undefined }>;

/**
 * Computes the drafts of one shard of partners: a pure function of their facts, so a repeat writes the same bytes, wherever
 * it was cut (design.md, Closing a month). Facts are streamed: memory is flat in their number.
 * @throws Error when the run is not being computed or a plan is missing; FactsChanged, AmountTooLarge and PartnerTooLarge, which end the run
 */
export function makeComputeStatements(deps: ComputeStatementsDeps): ComputeStatements {
  return async ({ programId, runId, shard, after }, box = UNLIMITED) => {
    const run = await runBeingComputed(deps, programId, runId);
    if (await deps.shards.result(programId, runId, shard)) return {};
    try {
      const partnerIds = await deps.shards.partnerIds(programId, runId, shard);
      const before = after === undefined ? undefined : await deps.shards.part(programId, runId, shard, 'compute');
      const part = await stateInTime(deps, run, partnerIds, before ?? NOTHING_YET, box);
      const cutAt = partnerIds.find((partnerId) => !part.done.includes(partnerId));
      if (cutAt === undefined) {
        const { factCount, sales, statements } = part;
        const factsDigest = watchFacts({ ...deps, digests: part.digests }).digest();
        await deps.shards.putResult(programId, runId, shard, { factCount, factsDigest, sales, statements });
        return {};
      }
      await deps.shards.putPart(programId, runId, shard, 'compute', part);
      return { after: cutAt };
    } catch (error) {
      return stopRun(deps, run, error);
    }
  };
}

const NOTHING_YET: ShardPart = { done: [], digests: {}, tries: {}, factCount: 0, statements: [] };

/** States the partners that are left while there is time; one by one once one of them was cut. */
async function stateInTime(
  deps: ComputeStatementsDeps,
  run: PayoutRun,
  partnerIds: readonly string[],
  before: ShardPart,
  box: TimeBox,
): Promise<ShardPart> {
  const { programId } = run;
  const program = await deps.programs.get(programId);
  const wasCut = Object.keys(before.tries).length > 0;
  const writer = safely(deps.newWriter({ resuming: wasCut }));
  const { facts, adjustments, digests } = watchFacts({ ...deps, digests: before.digests });
  const context = {
    program,
    run,
    zone: deps.programs.zone(program.timeZone),
    purchases: makePurchases(facts, programId),
    lateRefunds: makeLateRefunds({ ...deps, programId }),
    writer,
    box,
  };
  const done = [...before.done];
  const tries = { ...before.tries };
  const statements: StatementSummary[] = [...before.statements];
  const sales: Record<Currency, number> = { ...before.sales };
  let { factCount } = before;
  const left = partnerIds.filter((partnerId) => !done.includes(partnerId));
  // Who was cut comes first, with a whole call's time.
  const inTurn = [...left.filter((id) => id in tries), ...left.filter((id) => !(id in tries))];
  await forEachInTime(inTurn, wasCut ? 1 : PARTNERS_AT_ONCE, box, async (partnerId) => {
    try {
      const balances = await deps.balances.of(programId, partnerId);
      const reads = { ...deps, facts, adjustments, balances: { of: async () => balances } };
      const stated = await statePartner(reads, context, partnerId);
      for (const statement of stated.statements) {
        assertSafePosting(
          statement,
          balances.find(({ currency }) => currency === statement.currency),
        );
      }
      factCount += stated.factCount;
      for (const [currency, count] of stated.sales) sales[currency] = (sales[currency] ?? 0) + count;
      statements.push(...stated.statements);
      done.push(partnerId);
    } catch (error) {
      if (!(error instanceof TimeIsOver)) throw error;
      tries[partnerId] = (tries[partnerId] ?? 0) + 1;
      assertGetsOn(run, partnerId, tries[partnerId]);
    }
  });
  await writer.flush();
  statements.sort((a, b) => (a.statementId < b.statementId ? -1 : 1));
  return { done, digests: digests(), tries, factCount, sales, statements };
}

/** A partner whose facts cannot even be read through in one call would be begun for ever. @throws PartnerTooLarge */
function assertGetsOn({ period }: PayoutRun, partnerId: string, tries: number): void {
  if (tries < MAX_TRIES) return;
  throw new PartnerTooLarge(
    `Partner ${partnerId} has more sales in ${period} than one function can state: it was cut ${tries} times. ${SMALLER}`,
  );
}

/** A header is what lists show: one that they could not state is not written. */
function safely(writer: StatementWriter): StatementWriter {
  return {
    ...writer,
    putHeader: async (programId, header) => {
      assertSafeStatement(header);
      await writer.putHeader(programId, header);
    },
  };
}

async function runBeingComputed(
  deps: Pick<ComputeStatementsDeps, 'runs'>,
  programId: string,
  runId: string,
): Promise<PayoutRun> {
  const run = await deps.runs.get(programId, runId);
  if (run?.status !== 'computing') throw new Error(`run ${runId} is ${run?.status ?? 'unknown'}, not computing`);
  return run;
}
