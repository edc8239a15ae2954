import * as z from 'zod';
import { clock, partnersTable, reviews } from '#functions/partners/review-composition';
import { measurePartners } from '#functions/partners/tiers/measure-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { log } from '#functions/runtime/log';
import { programs } from '#functions/runtime/programs';
import { type LambdaContext, timeBoxOf } from '#functions/runtime/time-box';
import { makePlanReader } from '#shared/adapters/dynamodb/money/plans/plan-reader';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import { makeTierSchemes } from '#shared/adapters/dynamodb/partners/tier-schemes';
import { makeReviewTiers, type ReviewProgress } from '#shared/application/partners/review-tiers';
import { idSchema, instantSchema } from '#shared/contracts/fields';

const counts = z.object({
  reviewed: z.int(),
  promoted: z.int(),
  warned: z.int(),
  lifted: z.int(),
  demoted: z.int(),
  nudged: z.int(),
  unmeasured: z.int(),
});

/** A shard, and where an earlier call stopped. */
const shardSchema = z.object({
  programId: idSchema,
  asOf: instantSchema,
  after: idSchema.optional(),
  through: idSchema.optional(),
  cursor: idSchema.optional(),
  tries: z.int().optional(),
  counts: counts.optional(),
});

const environment = readEnvironment(z.object({ MONEY_TABLE: z.string() }));

const reviewTiers = makeReviewTiers({
  partners: makePartnerStore(partnersTable),
  programs,
  schemes: makeTierSchemes(partnersTable),
  plans: makePlanReader({ documents, tableName: environment.MONEY_TABLE }),
  measurePartners,
  reviews,
  clock,
  log,
});

/** Task of the tier review, a call after the other until its shard is done. */
export const handler = (event: unknown, context: LambdaContext): Promise<ReviewProgress> =>
  reviewTiers(shardSchema.parse(event), timeBoxOf(context));
