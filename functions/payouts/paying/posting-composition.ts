import { ledger } from '#functions/payouts/ledger/ledger-composition';
import { partners } from '#functions/payouts/partners-composition';
import { clock, moneyTable, runs, shards } from '#functions/payouts/task-composition';
import { makeRunReviews } from '#shared/adapters/dynamodb/money/runs/run-reviews';
import { makeInvoices } from '#shared/adapters/dynamodb/money/statements/invoices';
import { makePostStatements } from '#shared/application/payouts/paying/post-statements';

/** Posting, which asks whether there is a payee and never reads its details. */
export const postShard = makePostStatements({
  runs,
  shards,
  payees: partners,
  reviews: makeRunReviews(moneyTable),
  ledger,
  invoices: makeInvoices(moneyTable),
  clock,
});
