import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

export const listProgramChangesRoute = defineRoute({
  name: 'list-program-changes',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/changes',
  summary: 'List who changed what about a programme, newest first',
  description:
    'Settings, controls and the payout policy together, a change with the fields that it changed. The newest 500; the audit trail has all of them.',
  access: ['admin', 'finance', 'approver', 'partner_manager'],
  params: z.object({ programId: idSchema }),
  status: 200,
  response: z.object({
    items: z.array(
      z.object({
        of: z.enum(['settings', 'controls', 'policy']),
        version: z.int().meta({ description: '1 is the first change of its kind.' }),
        by: z.string(),
        onBehalfOf: z.string().optional(),
        at: z.string(),
        fields: z.array(
          z.object({
            field: z.string().meta({ example: 'attribution.windowDays' }),
            before: z.unknown().optional().meta({ description: 'Absent: nothing was said.' }),
            after: z.unknown().optional(),
          }),
        ),
      }),
    ),
  }),
});
