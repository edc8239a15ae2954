import { readEntries } from '#functions/payouts/ledger/journal-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listJournalEntriesRoute } from '#shared/contracts/payouts/ledger/list-journal-entries';

export const listJournalEntries: HttpHandler<typeof listJournalEntriesRoute> = ({ params, query }) =>
  readEntries({ ...params, ...query });

export const handler = httpFunction(listJournalEntriesRoute, listJournalEntries);
