import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';
import { linkAnswerSchema } from '#shared/contracts/tracking/create-link';
import { destinationAllowedSchema } from '#shared/contracts/tracking/get-link';

export const listLinksRoute = defineRoute({
  name: 'list-links',
  service: 'tracking',
  method: 'GET',
  path: '/v1/programs/{programId}/links',
  summary: 'List links with their clicks',
  description: 'By partner, then slug. A partner sees its own. Clicks are counted within a minute or so.',
  access: ['merchant', 'partner_manager', 'finance', 'admin', 'partner'],
  params: z.object({ programId: idSchema }),
  query: z.object({ partnerId: idSchema.optional(), cursor: cursorSchema, limit: limitSchema }),
  status: 200,
  response: pageOf(
    linkAnswerSchema.extend({
      destinationAllowed: destinationAllowedSchema,
      clicks: z.int().meta({ description: 'By people; bots and prefetches apart.' }),
      visitors: z.int().meta({ description: 'Different visitors a day, summed over the days.' }),
      bots: z.int(),
      prefetches: z.int(),
    }),
  ),
});
