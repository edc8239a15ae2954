import type { PayoutRuns, ProgramStore, RunFindings, RunShards } from '#shared/application/payouts/ports';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { Currency } from '#shared/domain/money/money';
import { makeMerkleTree } from '#shared/domain/run/merkle';
import { payerAnomalies } from '#shared/domain/run/payer-anomaly';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { findAnomalies, makeOutliers, makeRunTally, runContent } from '#shared/domain/run/run-summary';
import { digestToApprove, paidByApproval, waitingAnomalies, withWaiting } from '#shared/domain/run/waiting-payouts';
import { previousPeriod } from '#shared/domain/time/calendar';
import { toInstant } from '#shared/domain/time/instant';
import { makeGetProgram } from '../programs/get-program.ts';
import { assertSafeTotals } from '../statements/safe-amounts.ts';
import type { CheckPartners } from './check-partners.ts';
import { approvalsByPolicy } from './policy-of-run.ts';
import type { BuildReview } from './review/build-review.ts';
import { type FindWarnings, makeDebts } from './run-warnings.ts';
import { stopRun } from './stop-run.ts';
import type { FindWaiting } from './waiting-lists.ts';

export type SummarisePayoutRun = (input: { readonly programId: string; readonly runId: string }) => Promise<void>;

/**
 * Sums a run up by currency, compares it with the last one, and fixes what its approvers approve: the content hash is taken
 * of the run, its totals, the Merkle root of its statements' digests, the payouts of earlier runs that wait for an approval, and
 * the review of what becomes of each partner's money (design.md, Closing a month). A repeat finds the same.
 * Statements are read one shard at a time: of each is kept its leaf of the tree and its partner's shard.
 * @throws Error when a shard was not computed or the run is past this point; FactsChanged and AmountTooLarge, which end the run
 */
export function makeSummarisePayoutRun(deps: {
  programs: Pick<ProgramReader, 'get' | 'zone'>;
  /** Who must approve is read as it is stored: a programme that was kept may be older than a change. */
  policies: Pick<ProgramStore, 'get'>;
  runs: Pick<PayoutRuns, 'get' | 'latestOf' | 'advance' | 'endUnpaid'>;
  shards: Pick<RunShards, 'results'>;
  checkPartners: CheckPartners;
  findWarnings: FindWarnings;
  findWaiting: FindWaiting;
  buildReview: BuildReview;
  /** Who pays by bank file where a programme does not say. */
  installationPayer: string;
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
    const [program, policy, last] = await Promise.all([
      deps.programs.get(run.programId),
      makeGetProgram({ programs: deps.policies })(run.programId),
      deps.runs.latestOf(run.programId, previousPeriod(run.period)),
    ]);
    const tally = makeRunTally();
    const tree = makeMerkleTree(deps.digest);
    const outliers = makeOutliers();
    const debts = makeDebts();
    const shardOf = new Map<string, string>();
    const sales = new Map<Currency, number>();
    let shardCount = 0;
    for await (const result of deps.shards.results(run.programId, run.runId)) {
      shardCount += 1;
      for (const [currency, count] of Object.entries(result.sales ?? {})) {
        sales.set(currency, (sales.get(currency) ?? 0) + count);
      }
      for (const statement of result.statements) {
        tally.add(statement);
        tree.add({ id: statement.statementId, digest: statement.digest });
        outliers.add(statement);
        debts.add(statement);
        shardOf.set(statement.partnerId, result.shard);
      }
    }
    if (shardCount !== run.shardCount) throw new Error(`${shardCount} of ${run.shardCount} shards were computed`);
    await deps.checkPartners(run, deps.programs.zone(program.timeZone), shardOf);
    const list = await deps.findWaiting(run, shardOf);
    const totals = withWaiting(tally.totals(last?.totals ?? []), list.waiting);
    assertSafeTotals(totals);
    const review = run.review ?? (await deps.buildReview(policy, run, last, list.waiting));
    const anomalies = [
      ...waitingAnomalies(list.waiting),
      ...payerAnomalies(
        { ofProgram: policy.payouts.source?.bankFile, ofInstallation: deps.installationPayer },
        paidByApproval(totals),
        program.currency,
      ),
      ...findAnomalies(outliers, totals, sales),
      ...(await deps.findWarnings(program, run, debts)),
    ];
    const approvalsRequired = approvalsByPolicy(policy, run, paidByApproval(totals));
    const reviewed = { root: review.root, anomalies, approvalsRequired };
    return {
      totals,
      anomalies,
      approvalsRequired,
      policyVersion: policy.policyVersion,
      waitingDigest: list.waitingDigest,
      review,
      contentHash: deps.digest(runContent(run, totals, tree.root(), digestToApprove(list), reviewed)),
    };
  }
}
