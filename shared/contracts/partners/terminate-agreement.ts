import * as z from 'zod';
import { instantSchema } from '#shared/contracts/fields';
import { agreementParams, agreementSchema } from '#shared/contracts/partners/agreement';
import { afterEndSchema } from '#shared/contracts/partners/agreement-terms';
import { defineRoute } from '#shared/contracts/route';

export const terminateAgreementRoute = defineRoute({
  name: 'terminate-agreement',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/partners/{partnerId}/agreements/{agreementId}/termination',
  summary: "End a partner's agreement",
  description:
    "The partner's own person may give notice, with the effect that the agreement says (`afterEnd`, else `stop`); managers may do all of it. " +
    'Notice keeps the notice period and the term: a refusal (422 agreement_end_not_possible) says earliestEndsAt. Breach and mutual consent may end it at once. An end in a closed period takes effect at the first instant of the first open one. Versions that would start later are cancelled and open proposals taken back.',
  access: ['partner', 'partner_manager', 'admin'],
  params: agreementParams,
  body: z.strictObject({
    cause: z.enum(['notice', 'breach', 'mutual']),
    endsAt: instantSchema.optional().meta({ description: 'Default: as early as the cause allows.' }),
    effect: afterEndSchema,
    reason: z.string().trim().min(1).max(500).meta({ description: 'The partner reads it.' }),
  }),
  status: 200,
  response: agreementSchema,
});
