import { journal, payouts } from '#functions/payouts/ledger/ledger-composition';
import { partners } from '#functions/payouts/partners-composition';
import { clock, moneyTable, runs } from '#functions/payouts/task-composition';
import { makeBalances } from '#shared/adapters/dynamodb/money/ledger/balances';
import { makeGetBalance } from '#shared/application/payouts/ledger/get-balance';

/** Balances, of partners that exist. */
export const readBalance = makeGetBalance({
  balances: makeBalances(moneyTable),
  journal,
  payouts,
  runs,
  payees: partners,
  partnerExists: async (programId, partnerId) => (await partners.terms(programId, partnerId)) !== undefined,
  clock,
});
