import type { PayeeOnRecord } from '#shared/application/partner-terms';
import type { Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns, RunShards, StatementSummary } from '#shared/application/payouts/ports';
import { payoutIdOf, runIdOf, statementIdOf } from '#shared/domain/ledger/money-ids';
import type { PayoutStatus } from '#shared/domain/ledger/payout';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import type { ReviewFacts, ReviewRow } from '#shared/domain/run/review';
import type { ReviewPage } from '#shared/domain/run/review-summary';
import { type WaitingLists, waitingListOf } from '../waiting-lists.ts';
import { inPartnerOrder, nothing } from './in-partner-order.ts';
import type { RunReviews } from './review-ports.ts';

type LastPaid = NonNullable<ReviewFacts['lastPaid']>;

/** What the runs before say of one partner. */
export type PaidBefore = {
  /** Of the month before. */
  readonly statements: readonly StatementSummary[];
  /** Rows of the attempt before at the same month. */
  readonly attempt: readonly ReviewRow[];
  readonly lastPaidOf: (payee: PayeeOnRecord | undefined) => LastPaid | undefined;
};

export type RunsBefore = {
  readonly attemptRunId: string | undefined;
  /** Asked with ascending ids, each once; the next may be asked for before the last are answered. */
  ofPartners(partnerIds: readonly string[]): Promise<ReadonlyMap<string, PaidBefore>>;
};

export type RunsBeforeDeps = {
  readonly runs: Pick<PayoutRuns, 'get'>;
  readonly shards: Pick<RunShards, 'results'>;
  readonly reviews: Pick<RunReviews, 'pages'>;
  readonly waitingLists: Pick<WaitingLists, 'all'>;
  readonly payouts: Pick<Payouts, 'getMany'>;
};

type Found = Omit<PaidBefore, 'lastPaidOf'> & { readonly rows: readonly ReviewRow[]; readonly paid: string[] };

/** In these the rail has the money, or the partner: nothing of it came back. */
const HANDED_OVER: ReadonlySet<PayoutStatus> = new Set(['submitted', 'settled']);

/** Reads the month before and the attempt before in step with the partners of a run. */
export async function readRunsBefore(
  deps: RunsBeforeDeps,
  run: PayoutRun,
  last: PayoutRun | undefined,
): Promise<RunsBefore> {
  const attempt = await attemptBefore(deps.runs, run);
  const statements = inPartnerOrder(last ? statementsOf(deps, last) : nothing());
  const rows = inPartnerOrder(last ? rowsOf(deps, last) : nothing());
  const attempted = inPartnerOrder(attempt ? rowsOf(deps, attempt) : nothing());
  const waiting = Map.groupBy(last ? await waitingListOf(deps.waitingLists, last) : [], (payout) => payout.partnerId);
  let reading: Promise<unknown> = Promise.resolve();
  return {
    attemptRunId: attempt?.runId,
    async ofPartners(partnerIds) {
      const read = reading.then(() => inStep(partnerIds));
      reading = read.catch(() => {});
      const found = await read;
      const handedOver = new Set(
        last
          ? (
              await deps.payouts.getMany(
                run.programId,
                [...found.values()].flatMap(({ paid }) => paid),
              )
            )
              .filter((payout) => HANDED_OVER.has(payout.status) && payout.submissionRunId === last.runId)
              .map(({ partnerId }) => partnerId)
          : [],
      );
      return new Map(
        [...found].map(([partnerId, { rows: reviewed, ...known }]) => [
          partnerId,
          { ...known, lastPaidOf: (payee) => lastPaid(last, reviewed, handedOver.has(partnerId), payee) },
        ]),
      );
    },
  };

  /** Reads the runs on to these partners: one call after the other. */
  async function inStep(partnerIds: readonly string[]): Promise<ReadonlyMap<string, Found>> {
    const found = new Map<string, Found>();
    for (const partnerId of partnerIds) {
      const stated = await statements.of(partnerId);
      const reviewed = await rows.of(partnerId);
      const paid = last
        ? payoutsPaid(
            last,
            stated,
            reviewed,
            (waiting.get(partnerId) ?? []).map(({ payoutId }) => payoutId),
          )
        : [];
      found.set(partnerId, { statements: stated, rows: reviewed, attempt: await attempted.of(partnerId), paid });
    }
    return found;
  }
}

/** Payouts that the last run may have handed over. */
function payoutsPaid(
  last: PayoutRun,
  statements: readonly StatementSummary[],
  rows: readonly ReviewRow[],
  waiting: readonly string[],
): string[] {
  const own = last.review
    ? rows.filter(({ outcome, statement }) => outcome === 'pay' && (statement?.payableMinor ?? 0n) > 0n)
    : statements.filter(({ payableMinor }) => payableMinor > 0n);
  const ids = own.map(({ partnerId, currency }) => payoutIdOf(statementIdOf(last.runId, partnerId, currency)));
  return [...ids, ...waiting];
}

/** Of a run from before there were reviews only this is known: whether the payee is still the one it paid. */
function lastPaid(
  last: PayoutRun | undefined,
  rows: readonly ReviewRow[],
  isHandedOver: boolean,
  payee: PayeeOnRecord | undefined,
): LastPaid | undefined {
  const [row] = rows;
  if (!last || !isHandedOver) return row?.lastPaid;
  const { runId } = last;
  if (last.review) return { runId, ...(row?.payee ? { payeeId: row.payee.payeeId } : {}) };
  const isSame = payee !== undefined && payee.changedAt <= (last.summarisedAt ?? last.openedAt);
  return { runId, ...(isSame ? { payeeId: payee.payeeId } : {}) };
}

/** The last earlier attempt at a month that got as far as a review. */
export async function attemptBefore(runs: Pick<PayoutRuns, 'get'>, run: PayoutRun): Promise<PayoutRun | undefined> {
  for (let attempt = run.attempt - 1; attempt >= 1; attempt -= 1) {
    const earlier = await runs.get(run.programId, runIdOf(run.period, attempt));
    if (earlier?.review) return earlier;
  }
  return undefined;
}

export async function* statementsOf(
  { shards }: Pick<RunsBeforeDeps, 'shards'>,
  { programId, runId }: PayoutRun,
): AsyncGenerator<readonly StatementSummary[]> {
  for await (const { statements } of shards.results(programId, runId)) yield statements;
}

/** Rows by shard: a partner's rows may lie on two pages of it. */
export async function* rowsOf(
  { reviews }: Pick<RunsBeforeDeps, 'reviews'>,
  { programId, runId, review }: PayoutRun,
): AsyncGenerator<readonly ReviewRow[]> {
  if (!review) return;
  let shard: ReviewPage[] = [];
  for await (const page of reviews.pages({ programId, runId, asOf: review.asOf })) {
    if (shard[0] && shard[0].shard !== page.shard) {
      yield shard.flatMap(({ rows }) => rows);
      shard = [];
    }
    shard.push(page);
  }
  yield shard.flatMap(({ rows }) => rows);
}
