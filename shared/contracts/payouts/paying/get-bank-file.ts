import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';
import { FILE_RAILS } from '#shared/domain/ledger/payout';

/** Five million characters each: more than a file ever has. */
const MAX_PARTS = 1_000;

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
    part: z.coerce.number().int().min(1).max(MAX_PARTS).optional().meta({
      description: 'Of a file above 5 MB, which is not answered whole: joined in order the parts are the file.',
    }),
  }),
  status: 200,
  responseType: 'application/xml',
});
