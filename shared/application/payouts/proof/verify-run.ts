import type { NothingReader } from '#shared/application/payouts/explain/explain-ports';
import type { Balances } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns, RunShards, StatementReader, StatementSummary } from '#shared/application/payouts/ports';
import type { Digest } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import type { ReferralFacts } from '#shared/application/referral-facts';
import { merkleRoot } from '#shared/domain/run/merkle';
import type { PayoutRun, RunTotal } from '#shared/domain/run/payout-run';
import { makeRunTally, runContent } from '#shared/domain/run/run-summary';
import { digestToApprove, type WaitingList, withWaiting } from '#shared/domain/run/waiting-payouts';
import { previousPeriod } from '#shared/domain/time/calendar';
import { forEachConcurrently } from '../concurrency.ts';
import type { RunReviews } from '../runs/review/review-ports.ts';
import type { WaitingLists } from '../runs/waiting-lists.ts';
import { makeLateRefunds } from '../statements/late-refunds.ts';
import { makePurchases } from '../statements/purchases.ts';
import { type ShardContext, type StatePartnerDeps, statePartner } from '../statements/state-partner.ts';
import { type VerifyApprovalsDeps, verifyApprovals } from './verify-approvals.ts';
import { compareFields, type Differences, MISSING, UNACCOUNTED } from './verify-differences.ts';
import { openingBalances, type PartnerLedger } from './verify-opening.ts';
import { verifyReview } from './verify-review.ts';
import { verifySplits } from './verify-splits.ts';
import { AMOUNT_FIELDS, makeComparingWriter } from './verify-statement.ts';
import { verifyWaiting } from './verify-waiting.ts';

/** Enough to hide the latency of the reads of a partner's month. */
export const PARTNERS_AT_ONCE = 4;
const HEADERS_A_PAGE = 100;

export type VerifyRunDeps = Omit<StatePartnerDeps, 'balances'> &
  VerifyApprovalsDeps & {
    readonly programs: ProgramReader;
    readonly runs: Pick<PayoutRuns, 'get' | 'latestOf' | 'list'>;
    readonly shards: Pick<RunShards, 'partnerIds' | 'results'>;
    readonly waitingLists: Pick<WaitingLists, 'all'>;
    readonly reviews: Pick<RunReviews, 'summary' | 'pages'>;
    readonly facts: ReferralFacts;
    readonly statements: StatementReader;
    readonly reasons?: NothingReader | undefined;
    readonly digest: Digest;
    /** True for an error of the store or the network, which says nothing about what is stored. */
    readonly isOutage: (error: unknown) => boolean;
  };

export type VerifiedRun = {
  readonly run: PayoutRun;
  readonly statements: readonly StatementSummary[];
  readonly lineCount: number;
  readonly factCount: number;
  readonly contentHash: string;
};

/**
 * Recomputes an approved run from its facts with the code that computed it, and compares statements and lines, the amounts
 * that were summarised, the totals, the review, and the content hash and the holds with what its approvers approved. It writes nothing.
 * A clawback takes back the lines as they are stored on the statement that paid: those are verified with their own run.
 */
export async function verifyRun(
  given: VerifyRunDeps,
  program: Program,
  run: PayoutRun,
  ledgerOf: (partnerId: string) => Promise<PartnerLedger>,
  differences: Differences,
): Promise<VerifiedRun> {
  const { programId } = program;
  const deps = { ...given, facts: verifySplits(given.facts, differences) };
  const writer = makeComparingWriter({ statements: deps.statements, reasons: deps.reasons, differences });
  const context: ShardContext = {
    program,
    run,
    zone: deps.programs.zone(program.timeZone),
    purchases: makePurchases(deps.facts, programId),
    lateRefunds: makeLateRefunds({ ...deps, programId }),
    writer,
  };
  const compare = differences.of('run', run.runId);
  const recomputed: StatementSummary[] = [];
  let factCount = 0;
  let shardCount = 0;
  for await (const result of deps.shards.results(programId, run.runId)) {
    shardCount += 1;
    const stated: StatementSummary[] = [];
    let factsOfShard = 0;
    const partnerIds = await deps.shards.partnerIds(programId, run.runId, result.shard);
    await forEachConcurrently(partnerIds, PARTNERS_AT_ONCE, async (partnerId) => {
      const one = await stateAgain(deps, context, partnerId, ledgerOf, differences);
      factsOfShard += one.factCount;
      stated.push(...one.statements);
    });
    compare(`shard ${result.shard}, factCount`, result.factCount, factsOfShard);
    compareSummaries(result.statements, stated, differences);
    factCount += factsOfShard;
    recomputed.push(...stated);
  }
  compare('shardCount', run.shardCount, shardCount);
  await compareHeaders(deps, run, recomputed, differences);
  const partnerIds = recomputed.map(({ partnerId }) => partnerId);
  const list = await verifyWaiting(deps, run, partnerIds, ledgerOf, differences);
  const known = { recomputed, waiting: list.waiting, ledgerOf };
  const root = await verifyReview(deps, program, run, known, differences);
  const contentHash = await compareContent(deps, program, run, recomputed, { ...list, root }, differences);
  return { run, statements: recomputed, lineCount: writer.lineCount(), factCount, contentHash };
}

async function stateAgain(
  deps: VerifyRunDeps,
  context: ShardContext,
  partnerId: string,
  ledgerOf: (partnerId: string) => Promise<PartnerLedger>,
  differences: Differences,
): ReturnType<typeof statePartner> {
  try {
    const balances: Balances = openingBalances(deps.statements, context.run, await ledgerOf(partnerId));
    return await statePartner({ ...deps, balances }, context, partnerId);
  } catch (error) {
    if (deps.isOutage(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    differences.of('partner', partnerId)(`statement of run ${context.run.runId}`, 'unreadable', reason);
    return { factCount: 0, sales: new Map(), statements: [] };
  }
}

/** What the summary and the posting went by. */
function compareSummaries(
  stored: readonly StatementSummary[],
  recomputed: readonly StatementSummary[],
  differences: Differences,
): void {
  const left = new Map(stored.map((summary) => [summary.statementId, summary]));
  for (const summary of recomputed) {
    const compare = differences.of('statement', summary.statementId);
    const other = left.get(summary.statementId);
    left.delete(summary.statementId);
    if (!other) compare('summary', MISSING, summary.digest);
    else compareFields(compare, ['partnerId', 'currency', ...AMOUNT_FIELDS, 'digest'], other, summary, 'summary, ');
  }
  for (const { statementId, digest } of left.values()) {
    differences.of('statement', statementId)('summary', digest, UNACCOUNTED);
  }
}

/** A stored statement that no fact leads to is as wrong as a missing one. */
async function compareHeaders(
  deps: VerifyRunDeps,
  run: PayoutRun,
  recomputed: readonly StatementSummary[],
  differences: Differences,
): Promise<void> {
  const known = new Set(recomputed.map(({ statementId }) => statementId));
  let after: string | undefined;
  do {
    const page = await deps.statements.list(run.programId, run, { after, limit: HEADERS_A_PAGE });
    for (const { statementId, digest } of page.items) {
      if (!known.has(statementId)) differences.of('statement', statementId)('statement', digest, UNACCOUNTED);
    }
    after = page.after;
  } while (after !== undefined);
}

async function compareContent(
  deps: VerifyRunDeps,
  program: Program,
  run: PayoutRun,
  recomputed: readonly StatementSummary[],
  list: WaitingList & { readonly root: string | undefined },
  differences: Differences,
): Promise<string> {
  const compare = differences.of('run', run.runId);
  const tally = makeRunTally();
  for (const statement of recomputed) tally.add(statement);
  const last = await deps.runs.latestOf(run.programId, previousPeriod(run.period));
  const totals = withWaiting(tally.totals(last?.totals ?? []), list.waiting);
  const root = merkleRoot(
    recomputed.map(({ statementId, digest }) => ({ id: statementId, digest })),
    deps.digest,
  );
  const { anomalies, approvalsRequired } = run;
  const reviewed = list.root === undefined ? undefined : { root: list.root, anomalies, approvalsRequired };
  const contentHash = deps.digest(runContent(run, totals, root, digestToApprove(list), reviewed));
  compareTotals(run.totals, totals, differences.of('run', run.runId));
  compare('contentHash', run.contentHash, contentHash);
  await verifyApprovals(deps, program, run, { contentHash, totals }, differences);
  return contentHash;
}

function compareTotals(
  stored: readonly RunTotal[],
  recomputed: readonly RunTotal[],
  compare: ReturnType<Differences['of']>,
): void {
  for (const currency of new Set([...stored, ...recomputed].map((total) => total.currency))) {
    const [one, other] = [stored, recomputed].map((totals) => totals.find((total) => total.currency === currency));
    const sums = ['earnedChangeMinor', 'waitingPayouts', 'waitingMinor'] as const;
    const fields = ['statements', 'partners', ...AMOUNT_FIELDS, ...sums] as const;
    if (one && other) compareFields(compare, fields, one, other, `total ${currency}, `);
    else compare(`total ${currency}`, one?.payableMinor, other?.payableMinor);
  }
}
