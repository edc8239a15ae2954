import * as z from 'zod';
import { clock, reviews, terms } from '#functions/partners/review-composition';
import { programs } from '#functions/runtime/programs';
import { makePlanTierReview } from '#shared/application/partners/plan-tier-review';
import type { ReviewTiers } from '#shared/application/partners/review-tiers';
import { idSchema, instantSchema, periodSchema } from '#shared/contracts/fields';

/** What starts a review: nothing for the nightly one, a programme and its period after a close. */
const inputSchema = z.object({
  programId: idSchema.optional(),
  period: periodSchema.optional(),
  isPaid: z.boolean().optional(),
  asOf: instantSchema.optional(),
});

const planTierReview = makePlanTierReview({ programs, terms, reviews, clock });

export const handler = (event: unknown): Promise<{ shards: readonly ReviewTiers[] }> =>
  planTierReview(inputSchema.parse(event));
