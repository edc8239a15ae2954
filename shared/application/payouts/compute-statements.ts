import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { Balances } from '#shared/application/payouts/ledger-ports';
import type {
  AdjustmentStore,
  PayoutRuns,
  RunShards,
  StatementReader,
  StatementSummary,
  StatementWriter,
} from '#shared/application/payouts/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { ReferralFacts } from '#shared/application/referral-facts';
import type { PayoutRun } from '#shared/domain/payout-run';
import type { Plan } from '#shared/domain/plan';
import { forEachConcurrently } from './concurrency.ts';
import { makeLateRefunds } from './late-refunds.ts';
import { makePurchases } from './purchases.ts';
import { statePartner } from './state-partner.ts';
import type { RunningHash } from './statement-draft.ts';

/** Partners of a shard worked on at once: enough to hide the latency of their first reads. */
const PARTNERS_AT_ONCE = 4;

export type ComputeStatementsDeps = {
  readonly programs: ProgramReader;
  readonly runs: Pick<PayoutRuns, 'get' | 'latestOf'>;
  readonly shards: Pick<RunShards, 'partnerIds' | 'putResult' | 'result'>;
  readonly partners: Pick<PartnerTermsReader, 'terms'>;
  readonly plans: { get(programId: string, version: number): Promise<Plan | undefined> };
  readonly facts: ReferralFacts;
  readonly adjustments: Pick<AdjustmentStore, 'ofPartner'>;
  readonly balances: Balances;
  readonly statements: Pick<StatementReader, 'earnedLines'>;
  readonly newWriter: () => StatementWriter;
  readonly newHash: () => RunningHash;
};

export type ComputeStatements = (input: {
  readonly programId: string;
  readonly runId: string;
  readonly shard: string;
}) => Promise<void>;

/**
 * Computes the drafts of one shard of partners: a pure function of their facts, so a repeat writes the same bytes
 * (design.md, Closing a month). Facts are streamed: memory is flat in their number.
 * @throws Error when the run is not being computed, a plan is missing, or facts changed while they were read
 */
export function makeComputeStatements(deps: ComputeStatementsDeps): ComputeStatements {
  return async ({ programId, runId, shard }) => {
    const run = await runBeingComputed(deps, programId, runId);
    if (await deps.shards.result(programId, runId, shard)) return;
    const program = await deps.programs.get(programId);
    const writer = deps.newWriter();
    const context = {
      program,
      run,
      zone: deps.programs.zone(program.timeZone),
      purchases: makePurchases(deps.facts, programId),
      lateRefunds: makeLateRefunds({ ...deps, programId }),
      writer,
    };
    const statements: StatementSummary[] = [];
    let factCount = 0;
    const partnerIds = await deps.shards.partnerIds(programId, runId, shard);
    await forEachConcurrently(partnerIds, PARTNERS_AT_ONCE, async (partnerId) => {
      const stated = await statePartner(deps, context, partnerId);
      factCount += stated.factCount;
      statements.push(...stated.statements);
    });
    await writer.flush();
    statements.sort((a, b) => (a.statementId < b.statementId ? -1 : 1));
    await deps.shards.putResult(programId, runId, shard, { factCount, statements });
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
