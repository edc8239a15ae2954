import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { preferencesBodySchema, preferencesSchema } from '#shared/contracts/notifications/reading/preferences';
import { defineRoute } from '#shared/contracts/route';

export const setNotificationPreferencesRoute = defineRoute({
  name: 'set-notification-preferences',
  service: 'notifications',
  method: 'PATCH',
  path: '/v1/programs/{programId}/partners/{partnerId}/notification-preferences',
  summary: 'Say what a partner is told when and how',
  description:
    'What is left out stays; null: as usual again. What tells of money cannot be off; what tells of security is always sent at once.',
  access: ['partner', 'admin'],
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  body: preferencesBodySchema,
  status: 200,
  response: preferencesSchema,
});
