import * as z from 'zod';
import { idSchema, nameSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

/** Short enough that a click's log line stays under 200 bytes. */
export const slugSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/, 'must be 3 to 40 letters, digits or dashes, with neither end a dash');

const MAX_DESTINATION_LENGTH = 2_000;

export const destinationSchema = z.string().trim().max(MAX_DESTINATION_LENGTH).meta({
  description: 'Where the link leads: an https address (http only for localhost), without a user name.',
  example: 'https://shop.example/welcome',
});

export const linkAnswerSchema = z.object({
  slug: z.string(),
  url: z.string().meta({ description: 'What the partner shares.' }),
  partnerId: z.string(),
  destination: z.string(),
  campaign: z.string().optional(),
  createdAt: z.string(),
});

export const createLinkRoute = defineRoute({
  name: 'create-link',
  service: 'tracking',
  method: 'POST',
  path: '/v1/programs/{programId}/links',
  summary: 'Create a link for a partner to share',
  description: 'A slug is unique in the installation. The same slug with the same content answers 200.',
  access: ['merchant', 'partner_manager', 'admin'],
  params: z.object({ programId: idSchema }),
  body: z.strictObject({
    partnerId: idSchema,
    destination: destinationSchema,
    slug: slugSchema.optional().meta({ description: 'Without it, one is made.', example: 'spring-sale' }),
    campaign: nameSchema.optional().meta({ example: 'newsletter-may' }),
  }),
  status: 201,
  response: linkAnswerSchema,
});
