import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { stripeEventAnswerSchema, stripeEventStatusSchema } from '#shared/contracts/referrals/stripe-event';
import { defineRoute } from '#shared/contracts/route';

export const listStripeEventsRoute = defineRoute({
  name: 'list-stripe-events',
  service: 'referrals',
  method: 'GET',
  path: '/v1/programs/{programId}/sources/stripe/events',
  summary: 'List what became of the events of Stripe',
  description:
    'Newest first; those recorded or waiting by when they are looked at again. What is done or ignored is listed for 90 days, ' +
    'what failed until it is taken up again.',
  access: ['admin', 'partner_manager', 'finance', 'merchant'],
  params: z.object({ programId: idSchema }),
  query: z.object({ status: stripeEventStatusSchema.default('failed'), cursor: cursorSchema, limit: limitSchema }),
  status: 200,
  response: pageOf(stripeEventAnswerSchema),
});
