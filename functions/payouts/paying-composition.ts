import { advance, ledger, payouts } from '#functions/payouts/ledger-composition';
import { partners } from '#functions/payouts/partners-composition';
import { clock, moneyTable, runs, shards } from '#functions/payouts/task-composition';
import { log } from '#functions/runtime/log';
import { digest } from '#shared/adapters/digest';
import { makeInvoices } from '#shared/adapters/dynamodb/money/invoices';
import { makeWaitingLists } from '#shared/adapters/dynamodb/money/waiting-lists';
import { makeSandboxRail } from '#shared/adapters/rails/sandbox';
import { makePostStatements } from '#shared/application/payouts/paying/post-statements';
import { makeSubmitPayouts } from '#shared/application/payouts/paying/submit-payouts';

/** Posting and paying, which read payees. Bank files have their own file, which needs the documents bucket. */
export const postShard = makePostStatements({
  runs,
  shards,
  payees: partners,
  ledger,
  invoices: makeInvoices(moneyTable),
  clock,
});
export const submitShard = makeSubmitPayouts({
  runs,
  shards,
  waitingLists: makeWaitingLists(moneyTable),
  payouts,
  payees: partners,
  rails: { sandbox: makeSandboxRail({ ...moneyTable, clock }) },
  advance,
  digest,
  log,
});
