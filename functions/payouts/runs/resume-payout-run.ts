import { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { log } from '#functions/runtime/log';
import { makeRuns } from '#shared/adapters/dynamodb/money/runs/runs';
import { makeRunWorkflow } from '#shared/adapters/run-workflow';
import { makeResumePayoutRun } from '#shared/application/payouts/runs/resume-payout-run';
import { runDecidedSchema } from '#shared/contracts/events';

const environment = readEnvironment(z.object({ MONEY_TABLE: z.string() }));

const resume = makeResumePayoutRun({
  runs: makeRuns({ documents, tableName: environment.MONEY_TABLE }),
  workflow: makeRunWorkflow({ client: new SFNClient({}) }),
  log,
});

const eventSchema = z.object({ detail: runDecidedSchema });

/** Called by the event rule for `run.decided`. */
export const handler = (event: unknown): Promise<void> => resume(eventSchema.parse(event).detail);
