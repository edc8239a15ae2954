import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';
import { FILE_RAILS } from '#shared/domain/ledger/payout';

export const bankFileSchema = z.object({
  currency: z.string(),
  rail: z.enum(FILE_RAILS),
  format: z.string().meta({ example: 'pain.001.001.09', description: 'A version of pain.001, or `nacha`.' }),
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
  summary: 'List the bank files of a payout run, one a rail and currency',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema, runId: idSchema }),
  status: 200,
  response: z.object({ items: z.array(bankFileSchema) }),
});
