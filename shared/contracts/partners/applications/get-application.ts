import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { wholeApplicationSchema } from '#shared/contracts/partners/applications/application';
import { defineRoute } from '#shared/contracts/route';

export const getApplicationRoute = defineRoute({
  name: 'get-application',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/applications/{applicationId}',
  summary: 'Read an application, and whether its address is a partner already',
  access: ['partner_manager', 'admin'],
  params: z.object({ programId: idSchema, applicationId: idSchema }),
  status: 200,
  response: wholeApplicationSchema,
});
