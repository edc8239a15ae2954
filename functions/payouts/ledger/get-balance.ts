import { readBalance } from '#functions/payouts/ledger/balance-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getBalanceRoute } from '#shared/contracts/payouts/ledger/get-balance';

export const getBalance: HttpHandler<typeof getBalanceRoute> = ({ params, query }) =>
  readBalance({ ...params, asOf: query.asOf });

export const handler = httpFunction(getBalanceRoute, getBalance);
