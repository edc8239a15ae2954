import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';

export const STRIPE_SOURCE_PATH = '/v1/programs/{programId}/sources/stripe';

export const stripeSourceParams = z.object({ programId: idSchema });

const MAX_SECRET_LENGTH = 256;
const MAX_PROMOTION_CODES = 500;
/** Stripe signs with the old secret beside the new one for at most a day after a roll. */
const MAX_ROLL_HOURS = 72;
const ROLL_HOURS = 24;

export const setStripeSourceSchema = z.strictObject({
  signingSecret: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/=_-]{16,}$/, "must be a webhook endpoint's signing secret, beginning with whsec_")
    .max(MAX_SECRET_LENGTH)
    .meta({ description: "The endpoint's signing secret. It is kept in Secrets Manager and never answered again." }),
  mode: z.enum(['live', 'test']).default('live').meta({
    description: 'Whose events the secret signs. Those of the other mode are ignored: play money pays nobody.',
  }),
  previousValidHours: z.int().min(0).max(MAX_ROLL_HOURS).default(ROLL_HOURS).meta({
    description:
      'How long the secret before it, of the same mode, stays valid: Stripe signs with both during a roll. 0: no longer.',
  }),
  promotionCodes: z
    .record(
      z.string().regex(/^promo_\w{1,100}$/, 'must be the id of a promotion code, such as promo_1Abc'),
      z.string().min(1).max(32),
    )
    .refine(
      (codes) => Object.keys(codes).length <= MAX_PROMOTION_CODES,
      `must have at most ${MAX_PROMOTION_CODES} entries`,
    )
    .optional()
    .meta({
      description: 'The code here for a promotion code there, by its id. Absent: as before.',
      example: { promo_1Q2w3E4r5T: 'ANNA10' },
    }),
});

/** What is told of a source: nothing that would sign. */
export const stripeSourceSchema = z.object({
  enabled: z.boolean(),
  mode: z.enum(['live', 'test']),
  signingSecret: z.string().meta({ description: 'Its last four characters.', example: 'whsec_…x9Qa' }),
  previousValidUntil: z.string().optional().meta({ description: 'Until when the secret before it is accepted.' }),
  promotionCodes: z.record(z.string(), z.string()),
  webhookPath: z.string().meta({ description: 'Where Stripe sends the events.', example: '/webhooks/stripe/my-shop' }),
  changedAt: z.string(),
  changedBy: z.string(),
});
