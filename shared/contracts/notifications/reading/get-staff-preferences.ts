import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { preferencesSchema } from '#shared/contracts/notifications/reading/preferences';
import { defineRoute } from '#shared/contracts/route';

export const getStaffPreferencesRoute = defineRoute({
  name: 'get-staff-preferences',
  service: 'notifications',
  method: 'GET',
  path: '/v1/programs/{programId}/staff/{personId}/notification-preferences',
  summary: 'Read what somebody who runs the programme is told when and how',
  description: 'For that person, by its own verified e-mail address, and for admins; anybody else finds nobody.',
  access: ['admin', 'finance', 'approver', 'partner_manager'],
  params: z.object({ programId: idSchema, personId: idSchema }),

  status: 200,
  response: preferencesSchema,
});
