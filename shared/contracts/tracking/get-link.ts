import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';
import { linkAnswerSchema, slugSchema } from '#shared/contracts/tracking/create-link';

const contentSchema = z
  .record(z.string(), z.unknown())
  .meta({ description: 'Only what changed; absent was or is nothing.' });

export const destinationAllowedSchema = z.boolean().meta({
  description: "Whether the programme's destination hosts allow it now. A link that they do not allow is paused.",
});

export const getLinkRoute = defineRoute({
  name: 'get-link',
  service: 'tracking',
  method: 'GET',
  path: '/v1/programs/{programId}/links/{slug}',
  summary: 'Get a link with who changed it',
  description: 'The newest 50 changes, newest first. A partner sees its own links.',
  access: ['merchant', 'partner_manager', 'finance', 'admin', 'partner'],
  params: z.object({ programId: idSchema, slug: slugSchema }),
  status: 200,
  response: linkAnswerSchema.extend({
    destinationAllowed: destinationAllowedSchema,
    pausedBy: z.enum(['staff', 'partner']).optional(),
    resolvedUtm: z.string().optional().meta({
      description: 'What the redirect appends; the sub-ids in braces are filled in from each click.',
    }),
    version: z.int().meta({ description: 'How often it was changed.' }),
    changes: z.array(
      z.object({
        sequence: z.int(),
        at: z.string(),
        by: z.string().optional().meta({ description: 'For staff and merchants only.' }),
        onBehalfOf: z.string().optional(),
        before: contentSchema,
        after: contentSchema,
      }),
    ),
  }),
});
