import { partners, partnersTable } from '#functions/payouts/partners-composition';
import { clock, moneyTable, programs, runEventSchema, runs, shards } from '#functions/payouts/task-composition';
import { digest } from '#shared/adapters/digest';
import { makeAdjustments } from '#shared/adapters/dynamodb/adjustments';
import { makeEnrolments } from '#shared/adapters/dynamodb/enrolments';
import { makeCheckPartners } from '#shared/application/payouts/check-partners';
import { makeSummarisePayoutRun } from '#shared/application/payouts/summarise-payout-run';

const checkPartners = makeCheckPartners({
  partners,
  enrolments: makeEnrolments(partnersTable),
  adjustments: makeAdjustments(moneyTable),
});
const summarise = makeSummarisePayoutRun({ programs, runs, shards, checkPartners, digest, clock });

/** Task of the payout run's workflow, once every shard is computed. */
export const handler = (event: unknown): Promise<void> => summarise(runEventSchema.parse(event));
