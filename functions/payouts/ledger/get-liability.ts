import * as z from 'zod';
import { clock, programReader, runs, statements, table } from '#functions/payouts/composition';
import { partners } from '#functions/payouts/partners-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeAdjustments } from '#shared/adapters/dynamodb/money/adjustments/adjustments';
import { makeJournal } from '#shared/adapters/dynamodb/money/ledger/journal';
import { makePayouts } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { makePlanReader } from '#shared/adapters/dynamodb/money/plans/plan-reader';
import { makeRunShards } from '#shared/adapters/dynamodb/money/runs/run-shards';
import { makeHasFacts, makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import { makeGetLiability } from '#shared/application/payouts/ledger/get-liability';
import { getLiabilityRoute } from '#shared/contracts/payouts/ledger/get-liability';

const environment = readEnvironment(z.object({ REFERRALS_TABLE: z.string() }));

const referrals = { documents, tableName: environment.REFERRALS_TABLE };

const readLiability = makeGetLiability({
  programs: programReader,
  runs,
  statements,
  partners,
  shards: makeRunShards(table),
  plans: makePlanReader(table),
  adjustments: makeAdjustments(table),
  journal: makeJournal(table),
  payouts: makePayouts(table),
  facts: makeReferralFacts(referrals),
  hasFacts: makeHasFacts(referrals),
  clock,
});

export const getLiability: HttpHandler<typeof getLiabilityRoute> = ({ params, query }) =>
  readLiability({ ...params, ...query });

export const handler = httpFunction(getLiabilityRoute, getLiability);
