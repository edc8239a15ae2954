import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { log } from '#functions/runtime/log';
import { digest } from '#shared/adapters/digest';
import { makeBalances } from '#shared/adapters/dynamodb/balances';
import { makeJournal } from '#shared/adapters/dynamodb/journal';
import { makeLedger } from '#shared/adapters/dynamodb/ledger';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partner-terms-reader';
import { makePayouts } from '#shared/adapters/dynamodb/payouts';
import { makeProgramReader } from '#shared/adapters/dynamodb/program-reader';
import { makeRunShards } from '#shared/adapters/dynamodb/run-shards';
import { makeRuns } from '#shared/adapters/dynamodb/runs';
import { makeSandboxRail } from '#shared/adapters/rails/sandbox';
import { makeAdvancePayout } from '#shared/application/payouts/advance-payout';
import { makeExportLedger } from '#shared/application/payouts/export-ledger';
import { makeGetBalance } from '#shared/application/payouts/get-balance';
import { makeListPayouts } from '#shared/application/payouts/list-payouts';
import { makePostStatements } from '#shared/application/payouts/post-statements';
import { makeSettlePayout } from '#shared/application/payouts/settle-payout';
import { makeSubmitPayouts } from '#shared/application/payouts/submit-payouts';

const environment = readEnvironment(
  z.object({ MONEY_TABLE: z.string(), PARTNERS_TABLE: z.string(), CONFIG_TTL_SECONDS: z.coerce.number().min(0) }),
);

const clock = Date.now;
const table = { documents, tableName: environment.MONEY_TABLE };
const balances = makeBalances(table);
const journal = makeJournal(table);
const ledger = makeLedger(table);
const shards = makeRunShards(table);
const programs = makeProgramReader({ ...table, ttlSeconds: environment.CONFIG_TTL_SECONDS, clock });

export const payouts = makePayouts(table);
export const runs = makeRuns(table);
export const payees = makePartnerTermsReader({ documents, tableName: environment.PARTNERS_TABLE });
export const advance = makeAdvancePayout({ ledger, payouts, clock });

/** The composition root of the ledger and of paying; bank files have their own, which needs the documents bucket. */
export const postShard = makePostStatements({ runs, shards, payees, ledger, clock });
export const submitShard = makeSubmitPayouts({
  runs,
  shards,
  payouts,
  payees,
  sandbox: makeSandboxRail({ ...table, clock }),
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
  partnerExists: async (programId, partnerId) => (await payees.terms(programId, partnerId)) !== undefined,
  clock,
});
export const exportJournal = makeExportLedger({ journal, program: programs.get, clock });
export const readPayouts = makeListPayouts({ payouts, runs });
