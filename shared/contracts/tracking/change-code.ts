import * as z from 'zod';
import { defineRoute } from '#shared/contracts/route';
import { codeFields } from '#shared/contracts/tracking/create-code';
import { codeParamsSchema, codeWithUseSchema } from '#shared/contracts/tracking/get-code';
import { offerTermsShape } from '#shared/contracts/tracking/offer-terms';

export const changeCodeRoute = defineRoute({
  name: 'change-code',
  service: 'tracking',
  method: 'PATCH',
  path: '/v1/programs/{programId}/codes/{code}',
  summary: 'Disable a code, or change its offer, limits and time',
  description:
    'What is absent stays, null takes it away. It holds at once for new reservations; those that are open keep their terms. Each ' +
    'change is kept with who made it. A limit below what is taken takes nothing back: `redemptions.overLimit` says by how much. ' +
    'The partner of a code never changes.',
  access: ['merchant', 'partner_manager', 'admin'],
  params: codeParamsSchema,
  body: z
    .strictObject({
      disabled: z.boolean().optional(),
      discount: offerTermsShape.discount.nullable(),
      currency: offerTermsShape.currency.nullable(),
      minimumSpendMinor: offerTermsShape.minimumSpendMinor.nullable(),
      newCustomersOnly: offerTermsShape.newCustomersOnly,
      description: codeFields.description.optional(),
      destination: codeFields.destination.nullable().optional(),
      disclosedAs: codeFields.disclosedAs.optional(),
      maxRedemptions: codeFields.maxRedemptions.nullable().optional(),
      maxPerCustomer: codeFields.maxPerCustomer.nullable().optional(),
      validFrom: codeFields.validFrom.nullable().optional(),
      expiresAt: codeFields.expiresAt.nullable().optional(),
    })
    .refine((change) => Object.keys(change).length > 0, 'must name at least one thing to change'),
  status: 200,
  response: codeWithUseSchema,
});
