import { clock, moneyTable, runEventSchema, runs, shards } from '#functions/payouts/task-composition';
import { makePayouts } from '#shared/adapters/dynamodb/money/payouts';
import { makeWaitingLists } from '#shared/adapters/dynamodb/money/waiting-lists';
import { makeCompletePayoutRun } from '#shared/application/payouts/runs/complete-payout-run';

const waitingLists = makeWaitingLists(moneyTable);
const complete = makeCompletePayoutRun({ runs, shards, waitingLists, payouts: makePayouts(moneyTable), clock });

/** Last task of the payout run's workflow. */
export const handler = (event: unknown): ReturnType<typeof complete> => complete(runEventSchema.parse(event));
