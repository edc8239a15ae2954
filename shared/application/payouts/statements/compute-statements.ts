import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { Balances } from '#shared/application/payouts/ledger/ledger-ports';
import type {
  AdjustmentStore,
  PayoutRuns,
  RunShards,
  ShardResult,
  StatementReader,
  StatementSummary,
  StatementWriter,
} from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { ReferralFacts } from '#shared/application/referral-facts';
import type { Currency } from '#shared/domain/money/money';
import type { Plan } from '#shared/domain/plan/plan';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { forEachConcurrently } from '../concurrency.ts';
import { stopRun } from '../runs/stop-run.ts';
import { makeLateRefunds } from './late-refunds.ts';
import { makePurchases } from './purchases.ts';
import { assertSafePosting, assertSafeStatement } from './safe-amounts.ts';
import { statePartner } from './state-partner.ts';
import type { RunningHash } from './statement-draft.ts';
import { watchFacts } from './watch-facts.ts';

/** Partners of a shard worked on at once: enough to hide the latency of their first reads. */
const PARTNERS_AT_ONCE = 4;

export type ComputeStatementsDeps = {
  readonly programs: ProgramReader;
  readonly runs: Pick<PayoutRuns, 'get' | 'latestOf' | 'endUnpaid'>;
  readonly shards: Pick<RunShards, 'partnerIds' | 'putResult' | 'result'>;
  readonly partners: Pick<PartnerTermsReader, 'terms'>;
  readonly plans: { get(programId: string, version: number): Promise<Plan | undefined> };
  readonly facts: ReferralFacts;
  readonly adjustments: Pick<AdjustmentStore, 'ofPartner'>;
  readonly balances: Balances;
  readonly statements: Pick<StatementReader, 'earnedLines'>;
  readonly newWriter: () => StatementWriter;
  readonly newHash: () => RunningHash;
  readonly clock: Clock;
};

export type ComputeStatements = (input: {
  readonly programId: string;
  readonly runId: string;
  readonly shard: string;
}) => Promise<void>;

/**
 * Computes the drafts of one shard of partners: a pure function of their facts, so a repeat writes the same bytes
 * (design.md, Closing a month). Facts are streamed: memory is flat in their number.
 * @throws Error when the run is not being computed or a plan is missing; FactsChanged and AmountTooLarge, which end the run
 */
export function makeComputeStatements(deps: ComputeStatementsDeps): ComputeStatements {
  return async ({ programId, runId, shard }) => {
    const run = await runBeingComputed(deps, programId, runId);
    if (await deps.shards.result(programId, runId, shard)) return;
    try {
      const partnerIds = await deps.shards.partnerIds(programId, runId, shard);
      await deps.shards.putResult(programId, runId, shard, await stateAll(deps, run, partnerIds));
    } catch (error) {
      await stopRun(deps, run, error);
    }
  };
}

async function stateAll(
  deps: ComputeStatementsDeps,
  run: PayoutRun,
  partnerIds: readonly string[],
): Promise<ShardResult> {
  const { programId } = run;
  const program = await deps.programs.get(programId);
  const writer = safely(deps.newWriter());
  const { facts, adjustments, digest } = watchFacts(deps);
  const context = {
    program,
    run,
    zone: deps.programs.zone(program.timeZone),
    purchases: makePurchases(facts, programId),
    lateRefunds: makeLateRefunds({ ...deps, programId }),
    writer,
  };
  const statements: StatementSummary[] = [];
  const sales: Record<Currency, number> = {};
  let factCount = 0;
  await forEachConcurrently(partnerIds, PARTNERS_AT_ONCE, async (partnerId) => {
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
  });
  await writer.flush();
  statements.sort((a, b) => (a.statementId < b.statementId ? -1 : 1));
  return { factCount, factsDigest: digest(), sales, statements };
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
