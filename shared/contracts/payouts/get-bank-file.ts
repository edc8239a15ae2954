import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';
import { FILE_RAILS } from '#shared/domain/ledger/payout';

export const getBankFileRoute = defineRoute({
  name: 'get-bank-file',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/payout-runs/{runId}/bank-files/{currency}',
  summary: 'Download a bank file (ISO 20022 pain.001, or Nacha)',
  description: 'XML, or plain text for a Nacha file of the Automated Clearing House.',
  access: ['admin', 'finance'],
  params: z.object({
    programId: idSchema,
    runId: idSchema,
    currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 currency code such as GBP'),
  }),
  query: z.object({
    rail: z
      .enum(FILE_RAILS)
      .optional()
      .meta({ description: 'Default: the pain.001 file, or the only file in this currency.' }),
  }),
  status: 200,
  responseType: 'application/xml',
});
