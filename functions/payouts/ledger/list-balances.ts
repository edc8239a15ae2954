import { readBalance } from '#functions/payouts/ledger/balance-composition';
import { partners } from '#functions/payouts/partners-composition';
import { clock, programs } from '#functions/payouts/task-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeListBalances } from '#shared/application/payouts/ledger/list-balances';
import { listBalancesRoute } from '#shared/contracts/payouts/ledger/list-balances';

const readBalances = makeListBalances({ programs, partners, balance: readBalance, clock });

export const listBalances: HttpHandler<typeof listBalancesRoute> = ({ params, query }) =>
  readBalances({ ...params, ...query });

export const handler = httpFunction(listBalancesRoute, listBalances);
