import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { programs } from '#functions/runtime/programs';
import { makeTierMemos } from '#shared/adapters/dynamodb/partners/tiers/tier-memos';
import { makeTierReviews } from '#shared/adapters/dynamodb/partners/tiers/tier-reviews';
import { makeTierFacts } from '#shared/adapters/dynamodb/referrals/sales/tier-facts';
import { makeMeasurePartner, makeMeasurePartners } from '#shared/application/partners/tiers/measure-partner';
import { makeReadSales } from '#shared/application/partners/tiers/read-sales';

const environment = readEnvironment(z.object({ PARTNERS_TABLE: z.string(), REFERRALS_TABLE: z.string() }));

const partnersTable = { documents, tableName: environment.PARTNERS_TABLE };
const facts = makeTierFacts({ documents, tableName: environment.REFERRALS_TABLE });
const finalMonths = makeTierReviews(partnersTable).final;

/** What partners' facts come to, many partners at once and remembered for the next night. */
export const measurePartners = makeMeasurePartners({
  programs,
  readSales: makeReadSales({ facts, memos: makeTierMemos(partnersTable) }),
  finalMonths,
  clock: Date.now,
});

/** The same for one partner who asks: it may read what reviews remembered, and remembers nothing itself. */
const memos = { find: makeTierMemos(partnersTable).find, put: async (): Promise<void> => undefined };
export const measurePartner = makeMeasurePartner({
  programs,
  readSales: makeReadSales({ facts, memos }),
  finalMonths,
  clock: Date.now,
});
