import { clock, moneyTable, runEventSchema, runs } from '#functions/payouts/task-composition';
import { makePrograms } from '#shared/adapters/dynamodb/money/programs/programs';
import { makeRemindApprovers } from '#shared/application/payouts/runs/remind-approvers';

const remindApprovers = makeRemindApprovers({ programs: makePrograms(moneyTable), runs, clock });

/** Task of the payout run's workflow, before each wait for a decision. */
export const handler = (event: unknown): ReturnType<typeof remindApprovers> =>
  remindApprovers(runEventSchema.parse(event));
