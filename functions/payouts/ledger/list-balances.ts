import { journal, payouts } from '#functions/payouts/ledger/ledger-composition';
import { partners } from '#functions/payouts/partners-composition';
import { clock, moneyTable, programs, runs } from '#functions/payouts/task-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeBalances } from '#shared/adapters/dynamodb/money/ledger/balances';
import { makeGetBalance } from '#shared/application/payouts/ledger/get-balance';
import { makeListBalances } from '#shared/application/payouts/ledger/list-balances';
import { listBalancesRoute } from '#shared/contracts/payouts/ledger/list-balances';

/** Of partners that the list just named, and without their bank details: what each is owed is all that is asked. */
const balance = makeGetBalance({
  balances: makeBalances(moneyTable),
  journal,
  payouts,
  runs,
  partnerExists: async () => true,
  clock,
});
const readBalances = makeListBalances({ programs, partners, balance, clock });

export const listBalances: HttpHandler<typeof listBalancesRoute> = ({ params, query }) =>
  readBalances({ ...params, ...query });

export const handler = httpFunction(listBalancesRoute, listBalances);
