import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

export const getBankFileRoute = defineRoute({
  name: 'get-bank-file',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/payout-runs/{runId}/bank-files/{currency}',
  summary: 'Download a bank file (ISO 20022 pain.001.001.09)',
  access: ['admin', 'finance'],
  params: z.object({
    programId: idSchema,
    runId: idSchema,
    currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 currency code such as GBP'),
  }),
  status: 200,
  responseType: 'application/xml',
});
