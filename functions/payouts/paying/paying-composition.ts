import { advance, payouts } from '#functions/payouts/ledger/ledger-composition';
import { payees } from '#functions/payouts/paying/payees-composition';
import { railAccounts, rails } from '#functions/payouts/rails/rails-composition';
import { rulesOf } from '#functions/payouts/rails/rails-set-up-composition';
import { moneyTable, runs, shards } from '#functions/payouts/task-composition';
import { log } from '#functions/runtime/log';
import { digest } from '#shared/adapters/digest';
import { makePayoutHolds } from '#shared/adapters/dynamodb/money/runs/payout-holds';
import { makeRunReviews } from '#shared/adapters/dynamodb/money/runs/run-reviews';
import { makeWaitingLists } from '#shared/adapters/dynamodb/money/runs/waiting-lists';
import { makeRailsSetUp, type RailsSetUp } from '#shared/application/payouts/paying/rails-set-up';
import { makeSubmitPayouts } from '#shared/application/payouts/paying/submit-payouts';

/** With their keys; an account that was set up after the summary is none that the run's approvers could know. */
const accountsOfRun: RailsSetUp = async (programId, runId) => {
  const run = runId === undefined ? undefined : await runs.get(programId, runId);
  return railAccounts.setUp(programId, run?.summarisedAt);
};

/** Handing payouts over, which reads payees with their details. Bank files have their own file, which needs the documents bucket. */
export const submitShard = makeSubmitPayouts({
  runs,
  shards,
  waitingLists: makeWaitingLists(moneyTable),
  payouts,
  payees,
  reviews: makeRunReviews(moneyTable),
  holds: makePayoutHolds(moneyTable),
  rails,
  railsSetUp: makeRailsSetUp({ rulesOf, accounts: accountsOfRun }),
  advance,
  digest,
  log,
});
