import { clock, moneyTable, partners, programs, runs, shards } from '#functions/payouts/task-composition';
import { log } from '#functions/runtime/log';
import { digest } from '#shared/adapters/digest';
import { makeBalances } from '#shared/adapters/dynamodb/balances';
import { makeJournal } from '#shared/adapters/dynamodb/journal';
import { makeLedger } from '#shared/adapters/dynamodb/ledger';
import { makePayouts } from '#shared/adapters/dynamodb/payouts';
import { makeSandboxRail } from '#shared/adapters/rails/sandbox';
import { makeAdvancePayout } from '#shared/application/payouts/advance-payout';
import { makeExportLedger } from '#shared/application/payouts/export-ledger';
import { makeGetBalance } from '#shared/application/payouts/get-balance';
import { makeListPayouts } from '#shared/application/payouts/list-payouts';
import { makePostStatements } from '#shared/application/payouts/post-statements';
import { makeSettlePayout } from '#shared/application/payouts/settle-payout';
import { makeSubmitPayouts } from '#shared/application/payouts/submit-payouts';

const balances = makeBalances(moneyTable);
const journal = makeJournal(moneyTable);
const ledger = makeLedger(moneyTable);

export const payouts = makePayouts(moneyTable);
export const advance = makeAdvancePayout({ ledger, payouts, clock });

/** The composition root of the ledger and of paying; bank files have their own, which needs the documents bucket. */
export const postShard = makePostStatements({ runs, shards, payees: partners, ledger, clock });
export const submitShard = makeSubmitPayouts({
  runs,
  shards,
  payouts,
  payees: partners,
  sandbox: makeSandboxRail({ ...moneyTable, clock }),
  advance,
  digest,
  log,
});
export const bookRailReport = makeSettlePayout({ payouts, advance, log });
export const readBalance = makeGetBalance({
  balances,
  journal,
  payouts,
  runs,
  partnerExists: async (programId, partnerId) => (await partners.terms(programId, partnerId)) !== undefined,
  clock,
});
export const exportJournal = makeExportLedger({ journal, program: programs.get, clock });
export const readPayouts = makeListPayouts({ payouts, runs, programs });
