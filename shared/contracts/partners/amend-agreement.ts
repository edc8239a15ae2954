import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { agreementSchema } from '#shared/contracts/partners/agreement';
import { checkTerms, termsFields } from '#shared/contracts/partners/agreement-terms';
import { defineRoute } from '#shared/contracts/route';

export const amendAgreementRoute = defineRoute({
  name: 'amend-agreement',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/partners/{partnerId}/agreements',
  summary: "Add a version to a partner's agreement",
  description:
    'Nothing is overwritten: the version counts from its start until the next one starts or until its end. A start or an end in a closed period takes effect at the first instant of the first open one. With a text it is a proposal: it counts once the partner has accepted it, and the version before goes on until then. An exclusivity that overlaps what another partner holds is refused (409 exclusivity_conflict).',
  access: ['partner_manager', 'admin'],
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  body: z.strictObject(termsFields).superRefine(checkTerms),
  status: 201,
  response: agreementSchema,
});
