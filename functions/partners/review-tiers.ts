import * as z from 'zod';
import { clock, partnersTable } from '#functions/partners/review-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { programs } from '#functions/runtime/programs';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import { makeReviewTiers } from '#shared/application/partners/review-tiers';
import { idSchema, instantSchema } from '#shared/contracts/fields';

const environment = readEnvironment(z.object({ REFERRALS_TABLE: z.string() }));

const shardSchema = z.object({
  programId: idSchema,
  asOf: instantSchema,
  after: idSchema.optional(),
  through: idSchema.optional(),
});

const reviewTiers = makeReviewTiers({
  partners: makePartnerStore(partnersTable),
  programs,
  facts: makeReferralFacts({ documents, tableName: environment.REFERRALS_TABLE }),
  clock,
});

export const handler = (event: unknown): Promise<{ reviewed: number; promoted: number }> =>
  reviewTiers(shardSchema.parse(event));
