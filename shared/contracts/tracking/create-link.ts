import * as z from 'zod';
import { idSchema, instantSchema, nameSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';
import { utmTemplatesSchema } from '#shared/contracts/tracking/utm';

/** Short enough that a click's log line stays under 200 bytes. */
export const slugSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/, 'must be 3 to 40 letters, digits or dashes, with neither end a dash');

const MAX_DESTINATION_LENGTH = 2_000;
const MAX_DESCRIPTION_LENGTH = 280;

export const destinationSchema = z
  .string()
  .trim()
  .max(MAX_DESTINATION_LENGTH)
  .meta({
    description:
      "Where the link leads: an https address (http only for localhost), without a user name, under one of the programme's " +
      '`tracking.destinationHosts` if it names any.',
    example: 'https://shop.example/welcome',
  });

/** What may also change later. */
export const linkFields = {
  campaign: nameSchema.meta({ example: 'newsletter-may' }),
  utm: utmTemplatesSchema,
  description: z
    .string()
    .trim()
    .min(1)
    .max(MAX_DESCRIPTION_LENGTH)
    .meta({ description: 'The offer in words for customers; set by staff.' }),
  disclosedAs: nameSchema.meta({ description: 'Who is paid, as customers read it; set by staff.' }),
  expiresAt: instantSchema.meta({
    description: 'From then on the link is not followed; a partner may make it earlier, not later.',
  }),
};

export const linkSchema = z.strictObject({
  partnerId: idSchema,
  destination: destinationSchema,
  slug: slugSchema.optional().meta({ description: 'Without it, one is made.', example: 'spring-sale' }),
  campaign: linkFields.campaign.optional(),
  utm: linkFields.utm.optional(),
  description: linkFields.description.optional(),
  disclosedAs: linkFields.disclosedAs.optional(),
  expiresAt: linkFields.expiresAt.optional(),
});

export const linkAnswerSchema = z.object({
  slug: z.string(),
  url: z.string().meta({ description: 'What the partner shares.' }),
  partnerId: z.string(),
  destination: z.string(),
  status: z.enum(['active', 'paused', 'expired']).meta({ description: 'Only an active link is followed.' }),
  campaign: z.string().optional(),
  utm: z.record(z.string(), z.string()).optional().meta({ description: "The link's own templates." }),
  description: z.string().optional(),
  disclosedAs: z.string().optional(),
  expiresAt: z.string().optional(),
  createdAt: z.string(),
});

export const createLinkRoute = defineRoute({
  name: 'create-link',
  service: 'tracking',
  method: 'POST',
  path: '/v1/programs/{programId}/links',
  summary: 'Create a link for a partner to share',
  description:
    'A slug is unique in the installation, is no reserved word and does not read like a slug of another partner. The same slug ' +
    'with the same content answers 200. A partner creates its own, where the programme names its destination hosts.',
  access: ['merchant', 'partner_manager', 'admin', 'partner'],
  params: z.object({ programId: idSchema }),
  body: linkSchema,
  status: 201,
  response: linkAnswerSchema,
});
