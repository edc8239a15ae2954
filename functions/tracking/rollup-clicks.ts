import { setTimeout as pause } from 'node:timers/promises';
import type { CloudWatchLogsEvent } from 'aws-lambda';
import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { log } from '#functions/runtime/log';
import { makeClickRollups } from '#shared/adapters/dynamodb/referrals/click-rollups';
import { decodeLogEvents } from '#shared/adapters/log-subscription';
import { makeRollupClicks, type RollupClicks } from '#shared/application/tracking/rollup-clicks';

const environment = readEnvironment(z.object({ REFERRALS_TABLE: z.string() }));
const rollups = makeClickRollups({
  documents,
  tableName: environment.REFERRALS_TABLE,
  pause: (ms) => pause(ms),
  random: Math.random,
});

export const rollupClicks: RollupClicks = makeRollupClicks({ rollups, log });

/** A delivery of the redirect's log. An error sends it again; clicks counted before are then left out. */
export async function handler(event: CloudWatchLogsEvent): Promise<void> {
  await rollupClicks(decodeLogEvents(event.awslogs.data));
}
