import * as z from 'zod';
import { programReader, runs, statements, table } from '#functions/payouts/composition';
import { partners, partnersTable } from '#functions/payouts/partners-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makeAdjustments } from '#shared/adapters/dynamodb/money/adjustments/adjustments';
import { makePayouts } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { makePlanReader } from '#shared/adapters/dynamodb/money/plans/plan-reader';
import { makeOrderDisputes } from '#shared/adapters/dynamodb/partners/order-disputes';
import { makeConversionStore } from '#shared/adapters/dynamodb/referrals/sales/conversions';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import { makeStatedFacts } from '#shared/adapters/dynamodb/referrals/sales/stated-facts';
import { makeExplainConversion } from '#shared/application/payouts/explain/explain-conversion';

const environment = readEnvironment(z.object({ REFERRALS_TABLE: z.string() }));
const referralsTable = { documents, tableName: environment.REFERRALS_TABLE };

/** The composition root of explanations: reads all three tables, writes none. */
export const explain = makeExplainConversion({
  programs: programReader,
  runs,
  partners,
  plans: makePlanReader(table),
  orders: makeConversionStore(referralsTable),
  facts: makeReferralFacts(referralsTable),
  statements,
  stated: makeStatedFacts(table),
  payouts: makePayouts(table),
  adjustments: makeAdjustments(table),
  disputes: makeOrderDisputes(partnersTable),
});
