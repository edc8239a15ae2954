import { clock, moneyTable, programs } from '#functions/payouts/task-composition';
import { makeJournal } from '#shared/adapters/dynamodb/money/ledger/journal';
import { makeJournalPages } from '#shared/adapters/dynamodb/money/ledger/journal-pages';
import { makeGetJournalEntry } from '#shared/application/payouts/ledger/get-journal-entry';
import { makeListJournalEntries } from '#shared/application/payouts/ledger/list-journal-entries';
import { makeListLedgerAccounts } from '#shared/application/payouts/ledger/list-ledger-accounts';

const journal = makeJournal(moneyTable);
const pages = makeJournalPages(moneyTable);

/** The composition root of who reads the journal. */
export const readEntries = makeListJournalEntries({ programs, journal, pages, clock });
export const readEntry = makeGetJournalEntry({ programs, journal, pages });
export const readAccounts = makeListLedgerAccounts({ programs, journal, clock });
