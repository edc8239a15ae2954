import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { CloudWatchLogsEvent } from 'aws-lambda';
import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { log } from '#functions/runtime/log';
import { programs } from '#functions/runtime/programs';
import { makeClickRollups } from '#shared/adapters/dynamodb/referrals/clicks/click-rollups';
import { makeLinkStore } from '#shared/adapters/dynamodb/referrals/links/links';
import { decodeLogEvents } from '#shared/adapters/log-subscription';
import { makeRollupClicks, type RollupClicks } from '#shared/application/tracking/clicks/rollup-clicks';
import { makeLinkPartners } from '#shared/application/tracking/links/link-partners';

const environment = readEnvironment(z.object({ REFERRALS_TABLE: z.string() }));
const clock = Date.now;
const table = { documents, tableName: environment.REFERRALS_TABLE };
const TOKEN_BYTES = 9;

export const rollupClicks: RollupClicks = makeRollupClicks({
  rollups: makeClickRollups({
    ...table,
    pause: (ms) => pause(ms),
    random: Math.random,
    newToken: () => randomBytes(TOKEN_BYTES).toString('base64url'),
  }),
  programs,
  partnerOf: makeLinkPartners(makeLinkStore(table)),
  clock,
  log,
});

/** A delivery of the redirect's log. An error sends it again; clicks counted before are then left out. */
export async function handler(event: CloudWatchLogsEvent): Promise<void> {
  await rollupClicks(decodeLogEvents(event.awslogs.data));
}
