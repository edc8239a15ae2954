import * as z from 'zod';
import { currencySchema, idSchema, positiveMinorSchema, referenceSchema } from '#shared/contracts/fields';
import { disputeSchema, evidenceSchema, textSchema } from '#shared/contracts/partners/dispute';
import { defineRoute } from '#shared/contracts/route';

export const fileDisputeRoute = defineRoute({
  name: 'file-dispute',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/partners/{partnerId}/disputes',
  summary: 'Dispute the commission of an order',
  description:
    'By a person of the partner, or by a manager on its behalf. The order need not be recorded. One dispute may be open about ' +
    'an order: another answers 409 and names it.',
  access: ['partner', 'partner_manager', 'admin'],
  peopleOnly: true,
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  body: z
    .strictObject({
      orderId: referenceSchema,
      kind: z.enum(['missing', 'incorrect', 'declined']),
      statement: textSchema.meta({ description: 'What is wrong, in words.' }),
      expectedAmountMinor: positiveMinorSchema.optional(),
      currency: currencySchema.optional(),
      evidence: evidenceSchema.default([]),
    })
    .refine((body) => (body.expectedAmountMinor === undefined) === (body.currency === undefined), {
      path: ['currency'],
      error: 'must come with expectedAmountMinor, and only with it',
    }),
  status: 201,
  response: disputeSchema,
});
