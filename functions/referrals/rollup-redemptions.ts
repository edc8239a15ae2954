import type { CloudWatchLogsEvent } from 'aws-lambda';
import { retry, table } from '#functions/referrals/composition';
import { log } from '#functions/runtime/log';
import { programs } from '#functions/runtime/programs';
import { makeRedemptionCounts } from '#shared/adapters/dynamodb/referrals/codes/redemption-counts';
import { decodeLogEvents } from '#shared/adapters/log-subscription';
import { makeCountRedemptions } from '#shared/application/referrals/redemptions/count-redemptions';

export const rollupRedemptions = makeCountRedemptions({
  counts: makeRedemptionCounts({ ...table, ...retry }),
  programs,
  log,
});

/** A delivery of the log of confirmations. An error sends it again; redemptions counted before are then left out. */
export async function handler(event: CloudWatchLogsEvent): Promise<void> {
  await rollupRedemptions(decodeLogEvents(event.awslogs.data));
}
