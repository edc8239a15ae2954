import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { programSchema } from '#shared/contracts/payouts/programs/program';
import { settingsChangeSchema } from '#shared/contracts/payouts/programs/program-settings';
import { defineRoute } from '#shared/contracts/route';

export const changeSettingsRoute = defineRoute({
  name: 'change-settings',
  service: 'payouts',
  method: 'PATCH',
  path: '/v1/programs/{programId}/settings',
  summary: 'Change how a programme attributes sales, tracks links and looks for fraud',
  description:
    'What is absent stays; null brings a setting back to its default. Each change is kept with who made it, and holds for ' +
    'what comes after it: sales that were decided stay as they are. It reaches every function within CONFIG_TTL_SECONDS.',
  access: ['admin', 'partner_manager'],
  peopleOnly: true,
  params: z.object({ programId: idSchema }),
  body: settingsChangeSchema,
  status: 200,
  response: programSchema,
});
