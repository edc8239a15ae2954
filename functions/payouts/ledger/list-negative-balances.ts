import { clock, programReader, runs, statements, table } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeBalances } from '#shared/adapters/dynamodb/money/ledger/balances';
import { makeRunShards } from '#shared/adapters/dynamodb/money/runs/run-shards';
import { makeListNegativeBalances } from '#shared/application/payouts/ledger/list-negative-balances';
import { listNegativeBalancesRoute } from '#shared/contracts/payouts/ledger/list-negative-balances';

const readDebts = makeListNegativeBalances({
  programs: programReader,
  runs,
  shards: makeRunShards(table),
  statements,
  balances: makeBalances(table),
  clock,
});

export const listNegativeBalances: HttpHandler<typeof listNegativeBalancesRoute> = ({ params, query }) =>
  readDebts({ programId: params.programId, ...query });

export const handler = httpFunction(listNegativeBalancesRoute, listNegativeBalances);
