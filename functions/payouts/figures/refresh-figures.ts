import type { CloudWatchLogsEvent } from 'aws-lambda';
import { figureReads } from '#functions/payouts/figures/figures-composition';
import { log } from '#functions/runtime/log';
import { type LambdaContext, timeBoxOf } from '#functions/runtime/time-box';
import { decodeLogEvents } from '#shared/adapters/log-subscription';
import { makeRefreshFigures } from '#shared/application/payouts/figures/refresh-figures';

const refresh = makeRefreshFigures({ ...figureReads, log });

/** A delivery of the logs of those that showed old figures. */
export async function handler(event: CloudWatchLogsEvent, context: LambdaContext): Promise<void> {
  await refresh(decodeLogEvents(event.awslogs.data), timeBoxOf(context));
}
