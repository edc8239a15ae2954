import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

export const listPartnersRoute = defineRoute({
  name: 'list-partners',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/partners',
  summary: 'List the partners of a programme by id',
  access: ['partner_manager', 'finance', 'approver', 'admin'],
  params: z.object({ programId: idSchema }),
  query: z.strictObject({ cursor: cursorSchema, limit: limitSchema }),
  status: 200,
  response: pageOf(
    z.object({
      partnerId: z.string(),
      name: z.string(),
      country: z.string().optional(),
      tier: z.string().optional().meta({ description: 'In force now; absent before the first tier starts.' }),
      planVersion: z.int().optional().meta({ description: 'In force now; absent without an agreement in force.' }),
    }),
  ),
});
