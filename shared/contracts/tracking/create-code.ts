import * as z from 'zod';
import { idSchema, instantSchema, nameSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';
import { destinationSchema } from '#shared/contracts/tracking/create-link';
import { offerTermsAnswerShape, offerTermsShape } from '#shared/contracts/tracking/offer-terms';

const MAX_DESCRIPTION_LENGTH = 280;
const MAX_REDEMPTIONS = 1_000_000_000;
/** Finding a customer's next redemption takes a dozen reads at most. */
const MAX_PER_CUSTOMER = 1_000;

/** What may also change later. */
export const codeFields = {
  description: z
    .string()
    .trim()
    .min(1)
    .max(MAX_DESCRIPTION_LENGTH)
    .meta({ description: 'The offer in words for customers.', example: '10 % off your first order' }),
  destination: destinationSchema.meta({ description: "Where the button on the customer's page leads." }),
  disclosedAs: nameSchema.meta({ description: 'Who is paid, as customers read it; else the partner id.' }),
  maxRedemptions: z
    .int()
    .min(1)
    .max(MAX_REDEMPTIONS)
    .meta({ description: 'By all customers together, reserved and confirmed; without it, as many as like.' }),
  maxPerCustomer: z.int().min(1).max(MAX_PER_CUSTOMER).meta({ description: 'By one customer; once without it.' }),
  validFrom: instantSchema,
  expiresAt: instantSchema,
};

/** What codes made together share. */
export const codeSettingsShape = {
  partnerId: idSchema,
  ...offerTermsShape,
  description: codeFields.description.optional(),
  destination: codeFields.destination.optional(),
  disclosedAs: codeFields.disclosedAs.optional(),
  maxRedemptions: codeFields.maxRedemptions.optional(),
  maxPerCustomer: codeFields.maxPerCustomer.optional(),
  validFrom: codeFields.validFrom.optional(),
  expiresAt: codeFields.expiresAt.optional(),
};

export const chosenCodeSchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9](-?[A-Za-z0-9]){3,31}$/, 'must be 4 to 32 letters or digits, with single dashes between them')
  .meta({ example: 'TALLY10' });

export const codeAnswerSchema = z.object({
  code: z.string(),
  url: z.string().meta({ description: "The customer's page: the offer and who is paid for it." }),
  partnerId: z.string(),
  description: z.string().optional(),
  destination: z.string().optional(),
  disclosedAs: z.string(),
  ...offerTermsAnswerShape,
  maxRedemptions: z.int().optional(),
  maxPerCustomer: z.int(),
  validFrom: z.string().optional(),
  expiresAt: z.string().optional(),
  disabled: z.boolean(),
  chosen: z.boolean().meta({ description: 'By a person, so that others may guess it.' }),
  createdAt: z.string(),
});

export const createCodeRoute = defineRoute({
  name: 'create-code',
  service: 'tracking',
  method: 'POST',
  path: '/v1/programs/{programId}/codes',
  summary: 'Create a code for a partner to give away',
  description:
    'Without `code` one with 75 random bits and a check character is made. Codes are unique in the installation and read ' +
    'without regard to case, spaces, dashes and look-alikes (O and 0, I and L and 1). A chosen code carries no stored value by ' +
    'itself: a fixed amount, a free period or more than 50 % off needs `maxRedemptions`, or `newCustomersOnly` once a customer.',
  access: ['merchant', 'partner_manager', 'admin'],
  params: z.object({ programId: idSchema }),
  body: z.strictObject({ ...codeSettingsShape, code: chosenCodeSchema.optional() }),
  status: 201,
  response: codeAnswerSchema,
});
