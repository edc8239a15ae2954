import * as z from 'zod';
import { idSchema, nameSchema, tierSchema, whenGiven } from '#shared/contracts/fields';
import { checkTerms, termsFields } from '#shared/contracts/partners/agreement-terms';
import { tierHintSchema } from '#shared/contracts/partners/get-partner';
import { payeeSchema } from '#shared/contracts/partners/payee';
import { defineRoute } from '#shared/contracts/route';

export const emailSchema = z
  .email({ error: whenGiven('must be an e-mail address') })
  .max(254)
  .meta({ example: 'partner@example.com' });

export const enrolPartnerRoute = defineRoute({
  name: 'enrol-partner',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/partners',
  summary: 'Enrol a partner with its first agreement and tier',
  description:
    'The terms of the first agreement are as in Add a version: one with a text counts only once it is accepted. A start in a closed period takes effect at the first instant of the first open one. The same partner sent again with the same content answers 200 and the first result.',
  access: ['partner_manager', 'admin'],
  params: z.object({ programId: idSchema }),
  body: z
    .strictObject({
      partnerId: idSchema.optional().meta({ description: 'Chosen by you, or made for you.', example: 'acme' }),
      name: nameSchema,
      email: emailSchema,
      country: z
        .string()
        .regex(/^[A-Z]{2}$/, 'must be an ISO 3166 country code such as GB')
        .optional(),
      ...termsFields,
      tier: tierSchema,
      payee: payeeSchema.optional(),
    })
    .superRefine(checkTerms),
  status: 201,
  response: z.object({
    partnerId: z.string(),
    name: z.string(),
    startsAt: z.string().meta({ description: 'When the agreement and the tier take effect.' }),
    planVersion: z.int(),
    tier: z.string(),
    payeeComplete: z.boolean(),
    createdAt: z.string(),
    hint: tierHintSchema,
  }),
});
