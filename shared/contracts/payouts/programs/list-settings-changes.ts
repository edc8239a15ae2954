import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { programSettingsSchema } from '#shared/contracts/payouts/programs/program-settings';
import { defineRoute } from '#shared/contracts/route';

export const listSettingsChangesRoute = defineRoute({
  name: 'list-settings-changes',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/settings/changes',
  summary: "List every change of a programme's settings, oldest first",
  access: ['admin', 'finance', 'approver', 'partner_manager'],
  params: z.object({ programId: idSchema }),
  status: 200,
  response: z.object({
    items: z.array(
      z.object({
        version: z.int().meta({ description: '1 is the first change.' }),
        before: programSettingsSchema,
        after: programSettingsSchema,
        by: z.string(),
        onBehalfOf: z.string().optional(),
        at: z.string(),
      }),
    ),
  }),
});
