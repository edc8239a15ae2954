import * as z from 'zod';
import { agreementParams, agreementSchema } from '#shared/contracts/partners/agreement';
import { termMonthsSchema } from '#shared/contracts/partners/agreement-terms';
import { defineRoute } from '#shared/contracts/route';

export const renewAgreementRoute = defineRoute({
  name: 'renew-agreement',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/partners/{partnerId}/agreements/{agreementId}/renewals',
  summary: 'Renew an agreement whose renewal is by_agreement',
  description:
    'Moves its end by a term, counted in whole months from its start. Possible until the month of its end is closed. An agreement with a text is better renewed by a new version, which the partner accepts.',
  access: ['partner_manager', 'admin'],
  params: agreementParams,
  body: z.strictObject({
    termMonths: termMonthsSchema.optional().meta({ description: 'Default: as long as the first term.' }),
  }),
  status: 201,
  response: agreementSchema,
});
