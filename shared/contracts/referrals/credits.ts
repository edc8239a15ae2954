import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { MAX_CREDITS, MIN_CREDITS } from '#shared/domain/money/split-credit';

const WHOLE_BPS = 10_000;

const creditSchema = z.strictObject({
  partnerId: idSchema,
  shareBps: z
    .int()
    .min(1)
    .max(WHOLE_BPS - 1)
    .meta({ description: 'Of 10000 basis points.', example: 6000 }),
});

/** Several partners that a sale is split between. */
export const creditsSchema = z
  .array(creditSchema)
  .min(MIN_CREDITS)
  .max(MAX_CREDITS)
  .refine(
    (credits) => credits.reduce((sum, { shareBps }) => sum + shareBps, 0) === WHOLE_BPS,
    `must have shares that come to exactly ${WHOLE_BPS} basis points`,
  )
  .refine(
    (credits) => new Set(credits.map(({ partnerId }) => partnerId)).size === credits.length,
    'must name each partner once',
  );

/** What one partner has of a split sale. */
export const creditAnswerSchema = z.object({
  partnerId: z.string(),
  shareBps: z.int(),
  amountMinor: z.int().meta({ description: 'The part of the sale; the parts add up to it exactly.' }),
  earnsNothing: z
    .string()
    .optional()
    .meta({ description: 'Why this part earns nothing; it goes to no other partner.' }),
});
