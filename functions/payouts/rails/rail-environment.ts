import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { readEnvironment } from '#functions/runtime/environment';
import { makeRailClients } from '#shared/adapters/rails/rail-clients';
import { makeRailKeyStore } from '#shared/adapters/rails/rail-keys';

const environment = readEnvironment(
  z.object({
    RAIL_KEYS_PREFIX: z.string().min(1),
    STRIPE_API_URL: z.string(),
    PAYPAL_API_URL: z.string(),
    SHARDS_AT_ONCE: z.coerce.number().int().min(1),
  }),
);

/** Keys of rails, for the few functions that may reach them. */
export const railKeys = makeRailKeyStore({ prefix: environment.RAIL_KEYS_PREFIX, environment: process.env });

/** Clients of the rails; one pace for each account as long as this function lives. */
export const railClients = makeRailClients({
  clock: Date.now,
  sleep,
  shardsAtOnce: environment.SHARDS_AT_ONCE,
  stripeUrl: environment.STRIPE_API_URL,
  paypalUrl: environment.PAYPAL_API_URL,
});
