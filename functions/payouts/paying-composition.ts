import { advance, payouts } from '#functions/payouts/ledger-composition';
import { payees } from '#functions/payouts/payees-composition';
import { railsSetUp } from '#functions/payouts/rails-set-up-composition';
import { clock, moneyTable, runs, shards } from '#functions/payouts/task-composition';
import { log } from '#functions/runtime/log';
import { digest } from '#shared/adapters/digest';
import { makePayoutHolds } from '#shared/adapters/dynamodb/money/payout-holds';
import { makeRunReviews } from '#shared/adapters/dynamodb/money/run-reviews';
import { makeWaitingLists } from '#shared/adapters/dynamodb/money/waiting-lists';
import { makeSandboxRail } from '#shared/adapters/rails/sandbox';
import { makeSubmitPayouts } from '#shared/application/payouts/paying/submit-payouts';

/** Handing payouts over, which reads payees with their details. Bank files have their own file, which needs the documents bucket. */
export const submitShard = makeSubmitPayouts({
  runs,
  shards,
  waitingLists: makeWaitingLists(moneyTable),
  payouts,
  payees,
  reviews: makeRunReviews(moneyTable),
  holds: makePayoutHolds(moneyTable),
  rails: { sandbox: makeSandboxRail({ ...moneyTable, clock }) },
  railsSetUp,
  advance,
  digest,
  log,
});
