import type { PayoutRuns, RunFindings, RunShards, StatementSummary } from '#shared/application/payouts/ports';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { Currency } from '#shared/domain/money/money';
import { type MerkleLeaf, merkleRoot } from '#shared/domain/run/merkle';
import { approvalsRequired, type PayoutRun } from '#shared/domain/run/payout-run';
import { findAnomalies, makeRunTally, runContent } from '#shared/domain/run/run-summary';
import { previousPeriod } from '#shared/domain/time/calendar';
import { toInstant } from '#shared/domain/time/instant';
import { assertSafeTotals } from '../statements/safe-amounts.ts';
import type { CheckPartners } from './check-partners.ts';
import type { FindWarnings } from './run-warnings.ts';
import { stopRun } from './stop-run.ts';

export type SummarisePayoutRun = (input: { readonly programId: string; readonly runId: string }) => Promise<void>;

/**
 * Sums a run up by currency, compares it with the last one, and fixes what its approvers approve: the content hash is taken
 * of the run, its totals and the Merkle root of its statements' digests (design.md, Closing a month). A repeat finds the same.
 * @throws Error when a shard was not computed or the run is past this point; FactsChanged and AmountTooLarge, which end the run
 */
export function makeSummarisePayoutRun(deps: {
  programs: Pick<ProgramReader, 'get' | 'zone'>;
  runs: Pick<PayoutRuns, 'get' | 'latestOf' | 'advance' | 'endUnpaid'>;
  shards: Pick<RunShards, 'results'>;
  checkPartners: CheckPartners;
  findWarnings: FindWarnings;
  digest: Digest;
  clock: Clock;
}): SummarisePayoutRun {
  return async ({ programId, runId }) => {
    const now = toInstant(deps.clock());
    if (!(await deps.runs.advance(programId, runId, 'summarising'))) {
      throw new Error(`run ${runId} cannot be summarised any more`);
    }
    const run = await deps.runs.get(programId, runId);
    if (!run) throw new Error(`there is no run ${runId}`);
    try {
      const findings = await summarise(run);
      const summarisedAt = run.summarisedAt ?? now;
      await deps.runs.advance(programId, runId, 'summarising', { ...findings, summarisedAt });
    } catch (error) {
      await stopRun(deps, run, error);
    }
  };

  async function summarise(run: PayoutRun): Promise<RunFindings> {
    const [program, last] = await Promise.all([
      deps.programs.get(run.programId),
      deps.runs.latestOf(run.programId, previousPeriod(run.period)),
    ]);
    const tally = makeRunTally();
    const leaves: MerkleLeaf[] = [];
    const statements: StatementSummary[] = [];
    const sales = new Map<Currency, number>();
    let shardCount = 0;
    for await (const result of deps.shards.results(run.programId, run.runId)) {
      shardCount += 1;
      for (const [currency, count] of Object.entries(result.sales ?? {})) {
        sales.set(currency, (sales.get(currency) ?? 0) + count);
      }
      for (const statement of result.statements) {
        tally.add(statement);
        leaves.push({ id: statement.statementId, digest: statement.digest });
        statements.push(statement);
      }
    }
    if (shardCount !== run.shardCount) throw new Error(`${shardCount} of ${run.shardCount} shards were computed`);
    const stated = new Set(statements.map(({ partnerId }) => partnerId));
    await deps.checkPartners(run, deps.programs.zone(program.timeZone), stated);
    const totals = tally.totals(last?.totals ?? []);
    assertSafeTotals(totals);
    return {
      totals,
      anomalies: [...findAnomalies(statements, totals, sales), ...(await deps.findWarnings(program, run, statements))],
      approvalsRequired: approvalsRequired(
        program.approvals,
        totals.map(({ payableMinor }) => payableMinor),
      ),
      contentHash: deps.digest(runContent(run, totals, merkleRoot(leaves, deps.digest))),
    };
  }
}
