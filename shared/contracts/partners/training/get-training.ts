import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { partnerCertificateSchema, partnerCourseSummarySchema } from '#shared/contracts/partners/training/training';
import { defineRoute } from '#shared/contracts/route';

export const getTrainingRoute = defineRoute({
  name: 'get-training',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/partners/{partnerId}/training',
  summary: "Read a partner's training: courses with progress, what is next, certificates",
  description:
    'Courses that are published, and those that the partner began. Certificates, the newest first, also those that a person recorded.',
  access: ['partner', 'partner_manager', 'admin'],
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  status: 200,
  response: z.object({
    courses: z.array(partnerCourseSummarySchema),
    certificates: z.array(partnerCertificateSchema),
  }),
});
