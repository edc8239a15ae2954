import * as z from 'zod';
import { clock, moneyTable, runEventSchema, runs, shards } from '#functions/payouts/task-composition';
import { type LambdaContext, timeBoxOf } from '#functions/runtime/time-box';
import { makePayouts } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { makeWaitingLists } from '#shared/adapters/dynamodb/money/runs/waiting-lists';
import { makeCompletePayoutRun } from '#shared/application/payouts/runs/complete-payout-run';

const waitingLists = makeWaitingLists(moneyTable);
const complete = makeCompletePayoutRun({ runs, shards, waitingLists, payouts: makePayouts(moneyTable), clock });

const eventSchema = runEventSchema.extend({
  cursor: z.object({ from: z.string(), failed: z.number(), named: z.array(z.string()) }).optional(),
});

/** Last task of the payout run's workflow, again while it answers a cursor. */
export const handler = (event: unknown, context: LambdaContext): ReturnType<typeof complete> =>
  complete(eventSchema.parse(event), timeBoxOf(context));
