import * as z from 'zod';
import {
  paypalKeysSchema,
  RAIL_PATH,
  railParams,
  railSchema,
  stripeKeySchema,
} from '#shared/contracts/payouts/rails/rail';
import { defineRoute } from '#shared/contracts/route';

export const setRailRoute = defineRoute({
  name: 'set-rail',
  service: 'payouts',
  method: 'PUT',
  path: RAIL_PATH,
  summary: 'Say from which Stripe or PayPal account a programme pays',
  description:
    'The rail is asked whose keys these are before they are kept. Needs a fresh sign-in (`freshLoginMinutes` of the payout policy). ' +
    'Who does it cannot approve the next run, and a run that was summarised before does not pay from another account than its approvers ' +
    'could know: its payouts by this rail wait as `rail_not_set_up`. Keys of the same account may replace one another at any time.',
  access: ['admin'],
  peopleOnly: true,
  params: railParams,
  body: z.union([stripeKeySchema, paypalKeysSchema]),
  status: 200,
  response: railSchema,
});
