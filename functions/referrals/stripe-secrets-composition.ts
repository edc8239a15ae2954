import * as z from 'zod';
import { readEnvironment } from '#functions/runtime/environment';
import { makeStripeSecretStore } from '#shared/adapters/stripe/stripe-secrets';

const { STRIPE_SECRETS_PREFIX: prefix } = readEnvironment(z.object({ STRIPE_SECRETS_PREFIX: z.string().min(1) }));

/** Signing secrets, for the few functions that may reach them. */
export const stripeSecrets = makeStripeSecretStore({ prefix, environment: process.env });
