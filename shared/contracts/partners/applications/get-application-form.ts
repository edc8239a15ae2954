import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { applicationFormSchema } from '#shared/contracts/partners/applications/application';
import { defineRoute } from '#shared/contracts/route';

export const getApplicationFormRoute = defineRoute({
  name: 'get-application-form',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/application-form',
  summary: 'Read what applicants are asked',
  description: 'Closed, and without questions, until somebody sets it.',
  access: ['partner_manager', 'finance', 'approver', 'admin', 'merchant'],
  params: z.object({ programId: idSchema }),
  status: 200,
  response: applicationFormSchema,
});
