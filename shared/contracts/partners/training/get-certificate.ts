import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { partnerCertificateSchema } from '#shared/contracts/partners/training/training';
import { defineRoute } from '#shared/contracts/route';

export const getCertificateRoute = defineRoute({
  name: 'get-certificate',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/partners/{partnerId}/certificates/{certificationId}',
  summary: "Read one of a partner's certificates",
  access: ['partner', 'partner_manager', 'admin'],
  params: z.object({ programId: idSchema, partnerId: idSchema, certificationId: idSchema }),
  status: 200,
  response: partnerCertificateSchema.extend({
    partnerName: z.string(),
    courseVersion: z.int().optional(),
    recordedAt: z.string(),
  }),
});
