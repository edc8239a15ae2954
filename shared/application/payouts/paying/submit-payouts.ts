import type { DatedPayee, PartnerTermsReader } from '#shared/application/partner-terms';
import { type PayoutHolds, wasHeldAfter } from '#shared/application/payouts/holds/payout-hold-ports';
import type { Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { RailAnswer, Rails } from '#shared/application/payouts/paying/rail';
import type { PayoutRuns, RunShards } from '#shared/application/payouts/ports';
import type { Digest, Log } from '#shared/application/ports';
import { type TimeBox, UNLIMITED } from '#shared/application/time-box';
import { payoutIdOf } from '#shared/domain/ledger/money-ids';
import {
  isFileRail,
  isPending,
  type Payout,
  type PayoutRail,
  type PayoutStatus,
  type PayoutStep,
} from '#shared/domain/ledger/payout';
import { railProblemOf } from '#shared/domain/ledger/rail-limits';
import { compareText } from '#shared/domain/time/instant';
import { forEachInTime } from '../concurrency.ts';
import { type ApprovedRun, approvedRun } from '../runs/approved-run.ts';
import type { RunReviews } from '../runs/review/review-ports.ts';
import { type WaitingLists, waitingListOf } from '../runs/waiting-lists.ts';
import { statementsOfShard } from '../statements/statements-of-shard.ts';
import type { AdvancePayout } from './advance-payout.ts';
import { type ApprovedRows, approvedRows, whyKeptBack } from './approved-rows.ts';
import { endToEndIdOf } from './end-to-end-id.ts';
import type { RailsSetUp } from './rails-set-up.ts';

/** Stays under the rate that rails publish. */
const SUBMISSIONS_AT_ONCE = 8;

/** `after`: the payout it was cut after, to be called with again. */
export type SubmitPayouts = (
  input: {
    readonly programId: string;
    readonly runId: string;
    readonly shard: string;
    readonly after?: string | undefined;
  },
  box?: TimeBox,
) => Promise<Readonly<Record<PayoutStatus, number>> & { readonly after?: string | undefined }>;

export type SubmitPayoutsDeps = {
  readonly runs: Pick<PayoutRuns, 'get'>;
  readonly shards: Pick<RunShards, 'result'>;
  readonly waitingLists: Pick<WaitingLists, 'all'>;
  readonly payouts: Pick<Payouts, 'getMany'>;
  readonly payees: Pick<PartnerTermsReader, 'payee'>;
  readonly reviews: Pick<RunReviews, 'pages'>;
  readonly holds: Pick<PayoutHolds, 'all'>;
  readonly rails: Rails;
  readonly railsSetUp: RailsSetUp;
  readonly advance: AdvancePayout;
  readonly digest: Digest;
  readonly log: Log;
};

/**
 * Hands the payouts of one shard to their rails, also those of earlier runs that waited for a payee or an answer and that the
 * run's approvers saw listed; one that is not on the list waits for the next run.
 * A payout by bank file is claimed for the run's file, which write-bank-files writes. Answers how many payouts
 * have which status after it. A payout that is held, or is not exactly what was approved (`whyKeptBack`), waits for the next approval. A repeat asks the rail again with the same key: it never pays twice.
 * @throws Failure run_not_awaiting_decision when the run is not approved
 */
export function makeSubmitPayouts(deps: SubmitPayoutsDeps): SubmitPayouts {
  return async ({ programId, runId, shard, after = '' }, box = UNLIMITED) => {
    const run = await approvedRun(deps.runs, programId, runId);
    const rows = await approvedRows(deps.reviews, programId, run, shard);
    const setUp = await deps.railsSetUp(programId, runId);
    const counts = { created: 0, submitting: 0, submitted: 0, unknown: 0, settled: 0, failed: 0, returned: 0 };
    const left = (await payoutsOf(deps, programId, run, shard))
      .filter(({ payoutId }) => payoutId > after)
      .sort((a, b) => compareText(a.payoutId, b.payoutId));
    const taken = await forEachInTime(left, SUBMISSIONS_AT_ONCE, box, async (payout) => {
      counts[(await submit(deps, { run, rows, setUp }, payout)).status] += 1;
    });
    return { ...counts, after: taken < left.length ? left[taken - 1]?.payoutId : undefined };
  };
}

/** The shard's payouts of this run, and those of earlier runs that were approved with it. */
async function payoutsOf(
  deps: SubmitPayoutsDeps,
  programId: string,
  run: ApprovedRun,
  shard: string,
): Promise<readonly Payout[]> {
  const statements = await statementsOfShard(deps.shards, programId, run.runId, shard);
  const own = statements.filter(({ payableMinor }) => payableMinor > 0n).map((one) => payoutIdOf(one.statementId));
  const waiting = await waitingListOf(deps.waitingLists, { programId, ...run }, shard);
  return deps.payouts.getMany(programId, [...new Set([...own, ...waiting.map(({ payoutId }) => payoutId)])]);
}

/** What was approved, and by which rails it can be paid. */
type Approved = {
  readonly run: ApprovedRun;
  readonly rows: ApprovedRows | undefined;
  readonly setUp: ReadonlySet<PayoutRail>;
};

async function submit(deps: SubmitPayoutsDeps, { run, rows, setUp }: Approved, payout: Payout): Promise<Payout> {
  const isNew = payout.status === 'created';
  if (!isNew && (!isPending(payout.status) || isFileRail(payout.rail))) return payout;
  if (run.holds.has(payout.partnerId)) return payout;
  const payee = await deps.payees.payee(payout.programId, payout.partnerId);
  if (!payee) return payout;
  const keptBack = (await wasHeldAfter(
    deps.holds,
    payout.programId,
    payout.partnerId,
    run.reviewedAt ?? run.summarisedAt,
  ))
    ? 'held'
    : (whyKeptBack(run, rows, payout, payee) ?? railProblemOf(setUp, payee.rail, payout));
  if (keptBack !== undefined) {
    // What a rail may have already is not offered again with details, or from an account, that nobody approved.
    return isNew ? deps.advance(payout, { type: 'keep_back', runId: run.runId, blockedReason: keptBack }) : payout;
  }
  // Recorded before it is offered again too: while a request may be under way, nobody resolves the payout by evidence.
  const step: PayoutStep = isNew
    ? claimStep(deps.digest, run.runId, payout, payee)
    : { type: 'ask_again', runId: run.runId };
  const claimed = await deps.advance(payout, step);
  if (claimed.rail === undefined || isFileRail(claimed.rail) || !isPending(claimed.status)) return claimed;
  const rail = deps.rails[claimed.rail];
  if (!rail) throw new Error(`payout ${payout.payoutId} was claimed for ${claimed.rail}, which is not here`);
  const answer = await rail.submit(claimed, payee);
  if (answer.outcome === 'unknown') {
    const { payoutId } = payout;
    deps.log.warn('a rail gave no answer; the next submission asks it again', { payoutId, reason: answer.reason });
  }
  return deps.advance(claimed, stepsOf(answer));
}

function claimStep(digest: Digest, runId: string, payout: Payout, { rail, payeeId }: DatedPayee): PayoutStep {
  if (!isFileRail(rail)) return { type: 'claim', rail, runId, payeeId };
  const endToEndId = endToEndIdOf(digest, payout.programId, payout.payoutId, rail);
  return { type: 'claim', rail, runId, payeeId, endToEndId };
}

/** A rail that pays by accepting reports nothing later: both are booked together, or nobody would ever book the second. */
function stepsOf(answer: RailAnswer): readonly PayoutStep[] {
  switch (answer.outcome) {
    case 'accepted': {
      const accepted: PayoutStep = { type: 'accepted', reference: answer.reference };
      return answer.settled ? [accepted, { type: 'settled' }] : [accepted];
    }
    case 'rejected':
      return [{ type: 'rejected', reason: answer.reason }];
    case 'unknown':
      return [{ type: 'no_answer' }];
  }
}
