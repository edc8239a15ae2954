import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { stripeEventStatusSchema } from '#shared/contracts/referrals/stripe-event';
import { defineRoute } from '#shared/contracts/route';

export const receiveStripeEventRoute = defineRoute({
  name: 'receive-stripe-event',
  service: 'referrals',
  method: 'POST',
  path: '/webhooks/stripe/{programId}',
  summary: 'Receive an event of Stripe',
  description:
    'For Stripe alone: the header `Stripe-Signature` must be by a signing secret of the programme and at most five minutes old, ' +
    'else 400. The event is recorded before it is acted on. 5xx asks Stripe to send it again; every other event is answered 200, ' +
    'also one that is ignored or failed, see `/v1/programs/{programId}/sources/stripe/events`.',
  access: 'public',
  params: z.object({ programId: idSchema }),
  status: 200,
  response: z.object({ eventId: z.string(), status: stripeEventStatusSchema, repeated: z.boolean() }),
});
