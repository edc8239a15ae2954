import * as z from 'zod';
import { instantSchema } from '#shared/contracts/fields';
import { customerParams } from '#shared/contracts/referrals/customer';
import { conversionSchema } from '#shared/contracts/referrals/record-conversion';
import { defineRoute } from '#shared/contracts/route';

const { clickToken, clickTokens, code } = conversionSchema.shape;

export const rememberTouchesRoute = defineRoute({
  name: 'remember-touches',
  service: 'referrals',
  method: 'POST',
  path: '/v1/programs/{programId}/customers/{customerId}/touches',
  summary: 'Remember how a customer came, to be weighed when the customer buys',
  description:
    'For customers who sign up first and buy later: clicks and codes are weighed at each sale of the customer within the ' +
    'attribution window, as if the sale had carried them. Safe to repeat. At most 20 of a customer are kept: the first, and ' +
    'the newest. What cannot count is answered as rejected, with its reason; nothing else is lost by it.',
  access: ['merchant', 'admin'],
  params: customerParams,
  body: z
    .strictObject({
      clickToken,
      clickTokens,
      code,
      at: instantSchema
        .optional()
        .meta({ description: 'When the code was entered; a click says itself. Default: now.' }),
    })
    .refine(
      (body) => body.clickToken !== undefined || body.code !== undefined || (body.clickTokens ?? []).length > 0,
      'must have clickToken, clickTokens or code',
    ),
  status: 200,
  response: z.object({
    customerId: z.string(),
    touches: z.array(
      z.object({
        kind: z.enum(['code', 'link']),
        reference: z.string().optional().meta({ description: 'Code or slug.' }),
        partnerId: z.string().optional(),
        at: z.string().optional(),
        outcome: z.enum(['remembered', 'rejected']),
        rejected: z.string().optional().meta({ description: 'Why it could not count.' }),
      }),
    ),
    keptUntil: z.string().optional().meta({ description: 'Until when the newest is kept; absent: nothing was.' }),
  }),
});
