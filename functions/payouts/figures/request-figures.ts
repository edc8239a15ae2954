import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { ulid } from 'ulid';
import * as z from 'zod';
import { readEnvironment } from '#functions/runtime/environment';
import { log } from '#functions/runtime/log';
import { makeEventBus } from '#shared/adapters/event-bus';
import type { RequestFigures } from '#shared/application/payouts/figures/figure-ports';
import { toInstant } from '#shared/domain/time/instant';

const environment = readEnvironment(z.object({ EVENT_BUS_NAME: z.string() }));
const publish = makeEventBus({ client: new EventBridgeClient({}), busName: environment.EVENT_BUS_NAME });

/** Wishes go by the bus and not by a stream: nothing is written for them, and one that is lost is wished for again. */
export const requestFigures: RequestFigures = async (wish) => {
  const occurredAt = toInstant(Date.now());
  try {
    const refused = await publish([{ type: 'figures.requested', eventId: ulid(), occurredAt, ...wish }]);
    if (refused.length > 0) log.warn('the event bus refused a wish for figures');
  } catch (error) {
    log.warn('a wish for figures could not be published', { error: error instanceof Error ? error.name : 'unknown' });
  }
};
