import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { holdSchema, holdStatusSchema } from '#shared/contracts/referrals/hold';
import { defineRoute } from '#shared/contracts/route';

export const listHoldsRoute = defineRoute({
  name: 'list-holds',
  service: 'referrals',
  method: 'GET',
  path: '/v1/programs/{programId}/holds',
  summary: 'List sales that are held for review, the one due first at the head',
  description:
    'A hold that has just begun or ended appears within a second or so. Look at `escalated` besides `open`. With `partnerId` a ' +
    'page may be short, or empty, although `nextCursor` leads on.',
  access: ['partner_manager', 'finance', 'approver', 'admin'],
  params: z.object({ programId: idSchema }),
  query: z.strictObject({
    status: holdStatusSchema.default('open'),
    partnerId: idSchema.optional(),
    cursor: cursorSchema,
    limit: limitSchema,
  }),
  status: 200,
  response: pageOf(holdSchema),
});
