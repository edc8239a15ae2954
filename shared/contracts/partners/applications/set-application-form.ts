import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { applicationFormBody, applicationFormSchema } from '#shared/contracts/partners/applications/application';
import { defineRoute } from '#shared/contracts/route';

export const setApplicationFormRoute = defineRoute({
  name: 'set-application-form',
  service: 'partners',
  method: 'PUT',
  path: '/v1/programs/{programId}/application-form',
  summary: 'Say whether people may apply to become partners, and what they are asked',
  description: 'What is left out is taken away. Applications that are there keep the questions that they answered.',
  access: ['partner_manager', 'admin'],
  params: z.object({ programId: idSchema }),
  body: applicationFormBody,
  status: 200,
  response: applicationFormSchema,
});
