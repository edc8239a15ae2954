import * as z from 'zod';
import { clock, partners, partnersTable } from '#functions/partners/composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { programs } from '#functions/runtime/programs';
import { makePlanReader } from '#shared/adapters/dynamodb/money/plans/plan-reader';
import { makeTierSchemes } from '#shared/adapters/dynamodb/partners/tier-schemes';
import { makeTierMemos } from '#shared/adapters/dynamodb/partners/tiers/tier-memos';
import { makeTierReviews } from '#shared/adapters/dynamodb/partners/tiers/tier-reviews';
import { makeTierFacts } from '#shared/adapters/dynamodb/referrals/sales/tier-facts';
import { makeMeasurePartner } from '#shared/application/partners/tiers/measure-partner';
import { makeReadSales } from '#shared/application/partners/tiers/read-sales';
import { makeReadTierProgress } from '#shared/application/partners/tiers/read-tier-progress';

const environment = readEnvironment(z.object({ MONEY_TABLE: z.string(), REFERRALS_TABLE: z.string() }));

/** Whoever looks writes nothing: what reviews remember of closed months is read here, and added to by them alone. */
const memos = { find: makeTierMemos(partnersTable).find, put: async (): Promise<void> => undefined };
const readSales = makeReadSales({
  facts: makeTierFacts({ documents, tableName: environment.REFERRALS_TABLE }),
  memos,
});

/** How far partners are from their next tier. */
export const readProgress = makeReadTierProgress({
  partners,
  programs,
  schemes: makeTierSchemes(partnersTable),
  plans: makePlanReader({ documents, tableName: environment.MONEY_TABLE }),
  measure: makeMeasurePartner({ programs, readSales, finalMonths: makeTierReviews(partnersTable).final, clock }),
  clock,
});
