import * as z from 'zod';
import { idSchema, instantSchema } from '#shared/contracts/fields';
import { planVersionSchema } from '#shared/contracts/partners/enrol-partner';
import { agreementSchema } from '#shared/contracts/partners/get-partner';
import { defineRoute } from '#shared/contracts/route';

export const amendAgreementRoute = defineRoute({
  name: 'amend-agreement',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/partners/{partnerId}/agreements',
  summary: "Add a version to a partner's agreement",
  description:
    'Nothing is overwritten: the version counts from its start until the next one starts or until endsAt. A start or an end in a closed period takes effect at the first instant of the first open one.',
  access: ['partner_manager', 'admin'],
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  body: z
    .strictObject({ startsAt: instantSchema, planVersion: planVersionSchema, endsAt: instantSchema.optional() })
    .refine((body) => body.endsAt === undefined || body.endsAt > body.startsAt, {
      path: ['endsAt'],
      error: 'must be after startsAt',
    }),
  status: 201,
  response: agreementSchema,
});
