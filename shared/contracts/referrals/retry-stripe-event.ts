import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { stripeEventAnswerSchema } from '#shared/contracts/referrals/stripe-event';
import { defineRoute } from '#shared/contracts/route';

export const retryStripeEventRoute = defineRoute({
  name: 'retry-stripe-event',
  service: 'referrals',
  method: 'POST',
  path: '/v1/programs/{programId}/sources/stripe/events/{eventId}/retry',
  summary: 'Take up an event of Stripe again that failed or waits',
  description: 'Safe to repeat: what was decided for it stays decided, and nothing is recorded twice.',
  access: ['admin', 'partner_manager', 'merchant'],
  params: z.object({ programId: idSchema, eventId: z.string().regex(/^\w{1,128}$/, 'must be the id of an event') }),
  status: 200,
  response: stripeEventAnswerSchema,
});
