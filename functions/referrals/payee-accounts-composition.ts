import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makePayeeAccounts } from '#shared/adapters/dynamodb/partners/payee-accounts';
import { makePayeeHashKey } from '#shared/adapters/dynamodb/partners/payee-hash-key';
import { makeSmallKmsOpener } from '#shared/adapters/kms-opener';

const environment = readEnvironment(z.object({ PARTNERS_TABLE: z.string(), PAYEE_KEY_ARN: z.string().min(1) }));
const table = { documents, tableName: environment.PARTNERS_TABLE };

/** Whether accounts are the same. A sale waits for this: the key is opened by a call that loads no client. */
export const accounts = makePayeeAccounts({
  ...table,
  hashKey: makePayeeHashKey({ ...table, opener: makeSmallKmsOpener(environment.PAYEE_KEY_ARN, process.env) }),
});
