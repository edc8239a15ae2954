import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

export const bankFileSchema = z.object({
  currency: z.string(),
  format: z.string().meta({ example: 'pain.001.001.09' }),
  messageId: z.string(),
  count: z.int().meta({ description: 'Payments in the file (NbOfTxs).' }),
  controlSumMinor: z.int().meta({ description: 'Their sum (CtrlSum), in minor units.' }),
  sha256: z.string(),
  createdAt: z.string(),
});

export const listBankFilesRoute = defineRoute({
  name: 'list-bank-files',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/payout-runs/{runId}/bank-files',
  summary: 'List the bank files of a payout run, one a currency',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema, runId: idSchema }),
  status: 200,
  response: z.object({ items: z.array(bankFileSchema) }),
});
