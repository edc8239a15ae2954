import * as z from 'zod';
import { idSchema, instantSchema, nameSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';
import { destinationSchema } from '#shared/contracts/tracking/create-link';

const MAX_DESCRIPTION_LENGTH = 280;
const MAX_REDEMPTIONS = 1_000_000_000;

export const codeAnswerSchema = z.object({
  code: z.string(),
  url: z.string().meta({ description: "The customer's page: the offer and who is paid for it." }),
  partnerId: z.string(),
  description: z.string(),
  destination: z.string().optional(),
  disclosedAs: z.string(),
  maxRedemptions: z.int().optional(),
  validFrom: z.string().optional(),
  expiresAt: z.string().optional(),
  createdAt: z.string(),
});

export const createCodeRoute = defineRoute({
  name: 'create-code',
  service: 'tracking',
  method: 'POST',
  path: '/v1/programs/{programId}/codes',
  summary: 'Create a code for a partner to give away',
  description:
    'Without `code` one with 60 random bits is made. Codes are unique in the installation and read without regard to ' +
    'case, spaces, dashes and look-alikes (O and 0, I and L and 1).',
  access: ['merchant', 'partner_manager', 'admin'],
  params: z.object({ programId: idSchema }),
  body: z.strictObject({
    partnerId: idSchema,
    code: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9](-?[A-Za-z0-9]){3,31}$/, 'must be 4 to 32 letters or digits, with single dashes between them')
      .optional()
      .meta({ example: 'TALLY10' }),
    description: z
      .string()
      .trim()
      .min(1)
      .max(MAX_DESCRIPTION_LENGTH)
      .default('You were invited by a partner of ours.')
      .meta({ description: 'The offer in words for customers.', example: '10 % off your first order' }),
    destination: destinationSchema.optional().meta({ description: "Where the button on the customer's page leads." }),
    disclosedAs: nameSchema.optional().meta({ description: 'Who is paid, as customers read it; else the partner id.' }),
    maxRedemptions: z.int().min(1).max(MAX_REDEMPTIONS).optional(),
    validFrom: instantSchema.optional(),
    expiresAt: instantSchema.optional(),
  }),
  status: 201,
  response: codeAnswerSchema,
});
