import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { Invoices } from '#shared/application/payouts/ledger/invoices';
import type { Ledger, StatementPosting } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns, RunShards, StatementSummary } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import { type TimeBox, UNLIMITED } from '#shared/application/time-box';
import { invoiceDraftOf } from '#shared/domain/ledger/invoice';
import { journalEntry, statementPostings } from '#shared/domain/ledger/journal';
import { payoutIdOf } from '#shared/domain/ledger/money-ids';
import type { BlockedReason, Payout } from '#shared/domain/ledger/payout';
import { compareText, type Instant, toInstant } from '#shared/domain/time/instant';
import { forEachInTime } from '../concurrency.ts';
import { type ApprovedRun, approvedRun } from '../runs/approved-run.ts';
import type { RunReviews } from '../runs/review/review-ports.ts';
import { statementsOfShard } from '../statements/statements-of-shard.ts';
import { approvedRows, exclusionOfRow } from './approved-rows.ts';

/** Enough to hide the latency of a transaction, few enough to stay under a partition's write rate. */
const POSTINGS_AT_ONCE = 8;

/** `after`: the statement it was cut after, to be called with again. */
export type PostStatements = (
  input: {
    readonly programId: string;
    readonly runId: string;
    readonly shard: string;
    readonly after?: string | undefined;
  },
  box?: TimeBox,
) => Promise<{ readonly posted: number; readonly alreadyPosted: number; readonly after?: string | undefined }>;

/**
 * Posts the statements of one shard of an approved run: journal entry, balance and payout of a statement are one
 * transaction, written at most once however often this is repeated (design.md, Closing a month). Then the statement gets the
 * number of its self-billing invoice.
 * @throws Failure run_not_awaiting_decision when the run is not approved
 */
export function makePostStatements(deps: {
  runs: Pick<PayoutRuns, 'get'>;
  shards: Pick<RunShards, 'result'>;
  payees: Pick<PartnerTermsReader, 'payeeOnRecord'>;
  reviews: Pick<RunReviews, 'pages'>;
  ledger: Ledger;
  invoices: Pick<Invoices, 'issue'>;
  clock: Clock;
}): PostStatements {
  return async ({ programId, runId, shard, after = '' }, box = UNLIMITED) => {
    const run = await approvedRun(deps.runs, programId, runId);
    const rows = await approvedRows(deps.reviews, programId, run, shard);
    let posted = 0;
    let alreadyPosted = 0;
    const all = await statementsOfShard(deps.shards, programId, runId, shard);
    const left = all
      .filter(({ statementId }) => statementId > after)
      .sort((a, b) => compareText(a.statementId, b.statementId));
    const taken = await forEachInTime(left, POSTINGS_AT_ONCE, box, async (statement) => {
      const blocked = rows ? exclusionOfRow(rows.of(statement)) : await withoutPayee(programId, statement.partnerId);
      const posting = postingOf({ programId, run, statement, blocked, at: toInstant(deps.clock()) });
      if ((await deps.ledger.post(posting)) === 'applied') posted += 1;
      else alreadyPosted += 1;
      // Also after a repeat: the one before may have ended between the two.
      const draft = invoiceDraftOf(statement, { programId, ...run });
      if (draft) await deps.invoices.issue(draft);
    });
    return { posted, alreadyPosted, after: taken < left.length ? left[taken - 1]?.statementId : undefined };
  };

  /** Of a run from before there were reviews. */
  async function withoutPayee(programId: string, partnerId: string): Promise<BlockedReason | undefined> {
    return (await deps.payees.payeeOnRecord(programId, partnerId)) === undefined ? 'payee_incomplete' : undefined;
  }
}

type ToPost = {
  readonly programId: string;
  readonly run: ApprovedRun;
  readonly statement: StatementSummary;
  /** Why the payout must wait, as was approved. */
  readonly blocked: BlockedReason | undefined;
  readonly at: Instant;
};

/** What posting a statement stores: that it was posted, and what it moves and pays, if anything. */
export function postingOf(input: ToPost): StatementPosting {
  const { programId, run, statement, at } = input;
  const { partnerId, currency, statementId } = statement;
  const movedMinor = statement.earnedMinor + statement.clawbackMinor + statement.adjustmentMinor;
  const postings = statementPostings(partnerId, movedMinor, statement.writtenOffMinor ?? 0n);
  const payout = payoutOf(input);
  const entry =
    postings.length === 0
      ? undefined
      : journalEntry({
          entryId: `post~${statementId}`,
          programId,
          partnerId,
          postedAt: at,
          kind: 'statement',
          currency,
          postings,
          links: { statementId, ...(payout ? { payoutId: payout.payoutId } : {}) },
          description: `Statement of ${run.period}: ${statementId}`,
        });
  const said = { statementId, period: run.period, payableMinor: statement.payableMinor };
  return { programId, partnerId, currency, postedAt: at, statement: said, entry, payout };
}

function payoutOf({ programId, run, statement, blocked, at }: ToPost): Payout | undefined {
  if (statement.payableMinor <= 0n || run.holds.has(statement.partnerId)) return undefined;
  return {
    payoutId: payoutIdOf(statement.statementId),
    programId,
    partnerId: statement.partnerId,
    statementId: statement.statementId,
    runId: run.runId,
    currency: statement.currency,
    amountMinor: statement.payableMinor,
    status: 'created',
    blockedReason: blocked,
    createdAt: at,
    updatedAt: at,
  };
}
