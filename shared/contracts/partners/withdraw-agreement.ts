import * as z from 'zod';
import { agreementParams, agreementSchema } from '#shared/contracts/partners/agreement';
import { defineRoute } from '#shared/contracts/route';

export const withdrawAgreementRoute = defineRoute({
  name: 'withdraw-agreement',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/partners/{partnerId}/agreements/{agreementId}/withdrawal',
  summary: 'Take back a version of an agreement that was not accepted yet',
  description:
    'It stays on the record. Taking it back again answers the same; one that counts already is refused (409).',
  access: ['partner_manager', 'admin'],
  params: agreementParams,
  body: z.strictObject({
    reason: z.string().trim().min(1).max(500).optional().meta({ description: 'The partner reads it.' }),
  }),
  status: 200,
  response: agreementSchema,
});
