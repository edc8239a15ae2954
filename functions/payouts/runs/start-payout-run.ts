import { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { digest } from '#shared/adapters/digest';
import { makeRuns } from '#shared/adapters/dynamodb/money/runs/runs';
import { makeRunWorkflow } from '#shared/adapters/run-workflow';
import { makeStartPayoutRun } from '#shared/application/payouts/runs/start-payout-run';
import { runOpenedSchema } from '#shared/contracts/events';

const environment = readEnvironment(
  z.object({
    MONEY_TABLE: z.string(),
    PAYOUT_RUN_MACHINE_ARN: z.string(),
    DRAIN_SECONDS: z.coerce.number().int().min(1),
  }),
);

const start = makeStartPayoutRun({
  runs: makeRuns({ documents, tableName: environment.MONEY_TABLE }),
  workflow: makeRunWorkflow({ client: new SFNClient({}), machineArn: environment.PAYOUT_RUN_MACHINE_ARN }),
  digest,
  drainSeconds: environment.DRAIN_SECONDS,
});

const eventSchema = z.object({ detail: runOpenedSchema });

/** Called by the event rule for `run.opened`. */
export const handler = (event: unknown): Promise<void> => start(eventSchema.parse(event).detail);
