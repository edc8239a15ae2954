import { readAccounts } from '#functions/payouts/ledger/journal-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listLedgerAccountsRoute } from '#shared/contracts/payouts/ledger/list-ledger-accounts';

export const listLedgerAccounts: HttpHandler<typeof listLedgerAccountsRoute> = ({ params, query }) =>
  readAccounts({ ...params, ...query });

export const handler = httpFunction(listLedgerAccountsRoute, listLedgerAccounts);
