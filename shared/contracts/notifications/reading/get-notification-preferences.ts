import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { preferencesSchema } from '#shared/contracts/notifications/reading/preferences';
import { defineRoute } from '#shared/contracts/route';

export const getNotificationPreferencesRoute = defineRoute({
  name: 'get-notification-preferences',
  service: 'notifications',
  method: 'GET',
  path: '/v1/programs/{programId}/partners/{partnerId}/notification-preferences',
  summary: 'Read what a partner is told when and how',
  access: ['partner', 'partner_manager', 'admin'],
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  status: 200,
  response: preferencesSchema,
});
