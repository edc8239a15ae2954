import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { partners, partnersTable } from '#functions/payouts/partners-composition';
import { railsSetUp } from '#functions/payouts/rails/rails-set-up-composition';
import { clock, moneyTable, programs, runEventSchema, runs, shards } from '#functions/payouts/task-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { digest } from '#shared/adapters/digest';
import { makeAdjustments } from '#shared/adapters/dynamodb/money/adjustments/adjustments';
import { makePayouts } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { makePrograms } from '#shared/adapters/dynamodb/money/programs/programs';
import { makePayoutHolds } from '#shared/adapters/dynamodb/money/runs/payout-holds';
import { makeRunReviews } from '#shared/adapters/dynamodb/money/runs/run-reviews';
import { makeWaitingLists } from '#shared/adapters/dynamodb/money/runs/waiting-lists';
import { makeStatements } from '#shared/adapters/dynamodb/money/statements/statements';
import { makeEnrolments } from '#shared/adapters/dynamodb/partners/enrolments';
import { makeOpenDisputes } from '#shared/adapters/dynamodb/partners/open-disputes';
import { makePayeesOnRecord } from '#shared/adapters/dynamodb/partners/payees-on-record';
import { makeHeldSalesReader } from '#shared/adapters/dynamodb/referrals/holds/held-sales';
import { makePartnerSignals } from '#shared/adapters/dynamodb/referrals/holds/partner-signals';
import { makeCheckPartners } from '#shared/application/payouts/runs/check-partners';
import { makeBuildReview } from '#shared/application/payouts/runs/review/build-review';
import { makeFindWarnings } from '#shared/application/payouts/runs/run-warnings';
import { makeSummarisePayoutRun } from '#shared/application/payouts/runs/summarise-payout-run';
import { makeFindWaiting } from '#shared/application/payouts/runs/waiting-lists';

const adjustments = makeAdjustments(moneyTable);
const statements = makeStatements(moneyTable);
const checkPartners = makeCheckPartners({ partners, enrolments: makeEnrolments(partnersTable), adjustments });
const controls = makePrograms(moneyTable);
const { REFERRALS_TABLE, DEBTOR_NAME } = readEnvironment(
  z.object({ REFERRALS_TABLE: z.string(), DEBTOR_NAME: z.string() }),
);
const referralsTable = { documents, tableName: REFERRALS_TABLE };
const heldSales = makeHeldSalesReader(referralsTable);
const partnerSignals = makePartnerSignals(referralsTable);
const findWarnings = makeFindWarnings({
  adjustments,
  runs,
  statements,
  controls,
  heldSales,
  partnerSignals,
  zone: programs.zone,
});
const payouts = makePayouts(moneyTable);
const waitingLists = makeWaitingLists(moneyTable);
const findWaiting = makeFindWaiting({ payouts, waitingLists, digest });
const buildReview = makeBuildReview({
  runs,
  shards,
  reviews: makeRunReviews(moneyTable),
  waitingLists,
  payouts,
  holds: makePayoutHolds(moneyTable),
  heldSales,
  openDisputes: makeOpenDisputes(partnersTable),
  payees: makePayeesOnRecord({ ...partnersTable, pause, random: Math.random }),
  railsSetUp,
  digest,
  clock,
});
const summarise = makeSummarisePayoutRun({
  programs,
  policies: controls,
  runs,
  shards,
  checkPartners,
  findWarnings,
  findWaiting,
  buildReview,
  installationPayer: DEBTOR_NAME,
  digest,
  clock,
});

/** Task of the payout run's workflow, once every shard is computed. */
export const handler = (event: unknown): Promise<void> => summarise(runEventSchema.parse(event));
