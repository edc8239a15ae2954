import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';

export const RAIL_PATH = '/v1/programs/{programId}/rails/{rail}';

export const railParams = z.object({
  programId: idSchema,
  rail: z.enum(['stripe', 'paypal']).meta({ description: 'A rail that pays from an account of the programme.' }),
});

/** Of Stripe. */
export const stripeKeySchema = z.strictObject({
  secretKey: z
    .string()
    .regex(
      /^[sr]k_(?:live|test)_[A-Za-z0-9_]{8,240}$/,
      'must be a secret or restricted key: sk_live_, rk_live_, sk_test_ …',
    )
    .meta({
      description:
        'Prefer a restricted key with write on Transfers and read on the account and on Events, which tell of reversals. Kept in Secrets Manager and never answered again.',
      example: 'rk_live_51Qexample',
    }),
});

/** Of PayPal. */
export const paypalKeysSchema = z.strictObject({
  clientId: z
    .string()
    .regex(/^[\w.-]{8,200}$/, "must be the client id of a REST app, from PayPal's developer dashboard"),
  clientSecret: z
    .string()
    .regex(/^[!-~]{8,200}$/, 'must be the secret of that app')
    .meta({ description: 'Kept in Secrets Manager and never answered again.' }),
  mode: z.enum(['live', 'test']).meta({ description: '`test`: an app of the sandbox, which pays play money.' }),
});

/** What is told of a rail: nothing that would pay. */
export const railSchema = z.object({
  rail: z.enum(['stripe', 'paypal']),
  enabled: z.boolean(),
  mode: z.enum(['live', 'test']),
  account: z
    .string()
    .meta({ description: "Stripe's account, or the client id of PayPal's app.", example: 'acct_1Qexample' }),
  version: z.int().meta({ description: "Of the rail's changes." }),
  changedBy: z.string(),
  onBehalfOf: z.string().optional(),
  changedAt: z.string(),
});
