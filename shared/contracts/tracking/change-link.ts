import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';
import { destinationSchema, linkAnswerSchema, linkFields, slugSchema } from '#shared/contracts/tracking/create-link';

export const changeLinkRoute = defineRoute({
  name: 'change-link',
  service: 'tracking',
  method: 'PATCH',
  path: '/v1/programs/{programId}/links/{slug}',
  summary: 'Pause a link, let it end, or change where it leads',
  description:
    'What is absent stays, null takes it away. Every redirect follows within a minute; each change is kept with who made it. Its ' +
    'partner never changes. A partner changes its own links, where the programme names its destination hosts, and does not ' +
    'resume what staff has paused.',
  access: ['merchant', 'partner_manager', 'admin', 'partner'],
  params: z.object({ programId: idSchema, slug: slugSchema }),
  body: z
    .strictObject({
      status: z.enum(['active', 'paused']).optional(),
      destination: destinationSchema.optional(),
      expiresAt: linkFields.expiresAt.nullable().optional(),
      campaign: linkFields.campaign.nullable().optional(),
      utm: linkFields.utm.nullable().optional(),
      description: linkFields.description.nullable().optional(),
      disclosedAs: linkFields.disclosedAs.nullable().optional(),
    })
    .refine((change) => Object.keys(change).length > 0, 'must name at least one thing to change'),
  status: 200,
  response: linkAnswerSchema,
});
