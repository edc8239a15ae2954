import { readEntry } from '#functions/payouts/ledger/journal-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getJournalEntryRoute } from '#shared/contracts/payouts/ledger/get-journal-entry';

export const getJournalEntry: HttpHandler<typeof getJournalEntryRoute> = ({ params }) => readEntry(params);

export const handler = httpFunction(getJournalEntryRoute, getJournalEntry);
