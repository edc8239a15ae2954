import type { PayoutRuns, RunFindings, RunShards, StatementSummary } from '#shared/application/payouts/ports';
import type { Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { previousPeriod } from '#shared/domain/calendar';
import { type MerkleLeaf, merkleRoot } from '#shared/domain/merkle';
import { approvalsRequired, type PayoutRun } from '#shared/domain/payout-run';
import { findAnomalies, makeRunTally, runContent } from '#shared/domain/run-summary';

export type SummarisePayoutRun = (input: { readonly programId: string; readonly runId: string }) => Promise<void>;

/**
 * Sums a run up by currency, compares it with the last one, and fixes what its approvers approve: the content hash is taken
 * of the run, its totals and the Merkle root of its statements' digests (design.md, Closing a month). A repeat finds the same.
 * @throws Error when a shard was not computed or the run is past this point
 */
export function makeSummarisePayoutRun(deps: {
  programs: Pick<ProgramReader, 'get'>;
  runs: Pick<PayoutRuns, 'get' | 'latestOf' | 'advance'>;
  shards: Pick<RunShards, 'results'>;
  digest: Digest;
}): SummarisePayoutRun {
  return async ({ programId, runId }) => {
    if (!(await deps.runs.advance(programId, runId, 'summarising'))) {
      throw new Error(`run ${runId} cannot be summarised any more`);
    }
    const run = await deps.runs.get(programId, runId);
    if (!run) throw new Error(`there is no run ${runId}`);
    const findings = await summarise(run);
    await deps.runs.advance(programId, runId, 'summarising', findings);
  };

  async function summarise(run: PayoutRun): Promise<RunFindings> {
    const [program, last] = await Promise.all([
      deps.programs.get(run.programId),
      deps.runs.latestOf(run.programId, previousPeriod(run.period)),
    ]);
    const tally = makeRunTally();
    const leaves: MerkleLeaf[] = [];
    const statements: StatementSummary[] = [];
    let shardCount = 0;
    for await (const result of deps.shards.results(run.programId, run.runId)) {
      shardCount += 1;
      for (const statement of result.statements) {
        tally.add(statement);
        leaves.push({ id: statement.statementId, digest: statement.digest });
        statements.push(statement);
      }
    }
    if (shardCount !== run.shardCount) throw new Error(`${shardCount} of ${run.shardCount} shards were computed`);
    const totals = tally.totals(last?.totals ?? []);
    const own = totals.find((total) => total.currency === program.currency);
    return {
      totals,
      anomalies: findAnomalies(statements, totals),
      approvalsRequired: approvalsRequired(program.approvals, own?.payableMinor ?? 0n),
      contentHash: deps.digest(runContent(run, totals, merkleRoot(leaves, deps.digest))),
    };
  }
}
