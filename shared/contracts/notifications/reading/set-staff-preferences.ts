import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { preferencesBodySchema, preferencesSchema } from '#shared/contracts/notifications/reading/preferences';
import { defineRoute } from '#shared/contracts/route';

export const setStaffPreferencesRoute = defineRoute({
  name: 'set-staff-preferences',
  service: 'notifications',
  method: 'PATCH',
  path: '/v1/programs/{programId}/staff/{personId}/notification-preferences',
  summary: 'Say what somebody who runs the programme is told when and how',
  description:
    'What is left out stays; null: as usual again. For that person, by its own verified e-mail address, and for admins; anybody else finds nobody.',
  access: ['admin', 'finance', 'approver', 'partner_manager'],
  params: z.object({ programId: idSchema, personId: idSchema }),
  body: preferencesBodySchema,
  status: 200,
  response: preferencesSchema,
});
