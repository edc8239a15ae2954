import * as z from 'zod';
import { journal } from '#functions/payouts/ledger/ledger-composition';
import { partners } from '#functions/payouts/partners-composition';
import { clock, moneyTable, programs, runs } from '#functions/payouts/task-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makeAdjustments } from '#shared/adapters/dynamodb/money/adjustments/adjustments';
import { makeRememberedFigures } from '#shared/adapters/dynamodb/money/figures/remembered-figures';
import { makeBalances } from '#shared/adapters/dynamodb/money/ledger/balances';
import { makePlanReader } from '#shared/adapters/dynamodb/money/plans/plan-reader';
import { makeStatements } from '#shared/adapters/dynamodb/money/statements/statements';
import { makeHasFacts, makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import { makeSaleDays } from '#shared/adapters/dynamodb/referrals/sales/sale-days';

const environment = readEnvironment(z.object({ REFERRALS_TABLE: z.string() }));

export const referralsTable = { documents, tableName: environment.REFERRALS_TABLE };
export const statements = makeStatements(moneyTable);

/** What figures of partners are worked out from: the readers of a close. */
export const figureReads = {
  programs,
  runs,
  partners,
  plans: makePlanReader(moneyTable),
  facts: makeReferralFacts(referralsTable),
  hasFacts: makeHasFacts(referralsTable),
  adjustments: makeAdjustments(moneyTable),
  balances: makeBalances(moneyTable),
  journal,
  statements,
  sales: makeSaleDays(referralsTable),
  remembered: makeRememberedFigures(moneyTable),
  clock,
};
