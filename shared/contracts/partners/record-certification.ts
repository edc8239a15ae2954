import * as z from 'zod';
import { idSchema, instantSchema, tierSchema } from '#shared/contracts/fields';
import { certificationSchema } from '#shared/contracts/partners/get-partner';
import { defineRoute } from '#shared/contracts/route';

export const recordCertificationRoute = defineRoute({
  name: 'record-certification',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/partners/{partnerId}/certifications',
  summary: 'Record a certification that a partner holds',
  description: "The certification strategic_fit is the manager's confirmation that the premium tier asks for.",
  access: ['partner_manager', 'admin'],
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  body: z
    .strictObject({
      certification: tierSchema.meta({ description: 'A lower-case name.', example: 'product-basics' }),
      certifiedAt: instantSchema,
      expiresAt: instantSchema.optional(),
    })
    .refine((body) => body.expiresAt === undefined || body.expiresAt > body.certifiedAt, {
      path: ['expiresAt'],
      error: 'must be after certifiedAt',
    }),
  status: 201,
  response: certificationSchema.extend({
    hint: z.string().optional().meta({ description: 'When no tier asks for it, with the name that is nearly it.' }),
  }),
});
