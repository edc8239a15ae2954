import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

export const listDisclosuresRoute = defineRoute({
  name: 'list-disclosures',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/disclosures',
  summary: 'List every version of what customers were told about who is paid, oldest first',
  description: 'A page says which version it shows. `{merchant}` and `{payee}` stand for the names.',
  access: ['admin', 'finance', 'approver', 'partner_manager', 'merchant', 'partner'],
  params: z.object({ programId: idSchema }),
  status: 200,
  response: z.object({
    items: z.array(
      z.object({
        version: z.int(),
        language: z.string(),
        text: z.string(),
        from: z.string().meta({ description: 'Shown since; pages follow within CONFIG_TTL_SECONDS.' }),
      }),
    ),
  }),
});
