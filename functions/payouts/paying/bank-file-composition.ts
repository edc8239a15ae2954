import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makeBankFiles } from '#shared/adapters/dynamodb/money/ledger/bank-files';
import { makeRuns } from '#shared/adapters/dynamodb/money/runs/runs';
import { makeListBankFiles } from '#shared/application/payouts/paying/list-bank-files';

const environment = readEnvironment(z.object({ MONEY_TABLE: z.string() }));
const table = { documents, tableName: environment.MONEY_TABLE };

export const files = makeBankFiles(table);
export const runs = makeRuns(table);

/** The composition root of the records of bank files. Their text has its own, with the documents bucket. */
export const readBankFiles = makeListBankFiles({ runs, files });
