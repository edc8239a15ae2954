import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';
import { codeAnswerSchema } from '#shared/contracts/tracking/create-code';

const MAX_CODE_LENGTH = 128;

export const codeParamsSchema = z.object({ programId: idSchema, code: z.string().max(MAX_CODE_LENGTH) });

export const codeWithUseSchema = codeAnswerSchema.extend({
  redemptions: z.object({
    confirmed: z.int().meta({ description: 'Counted within a minute or so.' }),
    taken: z
      .int()
      .optional()
      .meta({ description: 'Of a limited code, at this moment: reserved and confirmed while it had a limit.' }),
    available: z.int().optional(),
    overLimit: z.int().optional().meta({
      description:
        'What was taken above a limit that was lowered since. Nobody loses it; none is given until it came back.',
    }),
  }),
});

export const getCodeRoute = defineRoute({
  name: 'get-code',
  service: 'tracking',
  method: 'GET',
  path: '/v1/programs/{programId}/codes/{code}',
  summary: 'Read a code with its redemptions and changes',
  description: 'The newest 100 changes first; `before` and `after` name only what differs. A partner sees its own.',
  access: ['merchant', 'partner_manager', 'finance', 'admin', 'partner'],
  params: codeParamsSchema,
  status: 200,
  response: codeWithUseSchema.extend({
    changes: z.array(
      z.object({
        at: z.string(),
        by: z.string().optional().meta({ description: 'For staff and merchants only.' }),
        onBehalfOf: z.string().optional(),
        before: z.record(z.string(), z.unknown()),
        after: z.record(z.string(), z.unknown()),
      }),
    ),
  }),
});
