import { clock, moneyTable, programs, runs } from '#functions/payouts/task-composition';
import { log } from '#functions/runtime/log';
import { makeJournal } from '#shared/adapters/dynamodb/money/ledger/journal';
import { makeLedger } from '#shared/adapters/dynamodb/money/ledger/ledger';
import { makePayouts } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { makeExportLedger } from '#shared/application/payouts/ledger/export-ledger';
import { makeAdvancePayout } from '#shared/application/payouts/paying/advance-payout';
import { makeListPayouts } from '#shared/application/payouts/paying/list-payouts';
import { makeSettlePayout } from '#shared/application/payouts/paying/settle-payout';

export const journal = makeJournal(moneyTable);
export const ledger = makeLedger(moneyTable);

export const payouts = makePayouts(moneyTable);
export const advance = makeAdvancePayout({ ledger, payouts, clock });

/** The composition root of the ledger. Paying and balances also read partners, and have their own files. */
export const bookRailReport = makeSettlePayout({ payouts, advance, log });
export const exportJournal = makeExportLedger({ journal, program: programs.get, clock });
export const readPayouts = makeListPayouts({ payouts, runs, programs });
