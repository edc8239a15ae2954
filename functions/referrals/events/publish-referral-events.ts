import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { type PublishEvents, publishStream } from '#functions/runtime/publish-stream';
import { makeNoticeInterest } from '#shared/adapters/dynamodb/partners/notice-interest';
import { saleChangeOfRecord } from '#shared/adapters/dynamodb/referrals/sales/sale-stream';
import { makeEventBus } from '#shared/adapters/event-bus';
import type { NoticeInterest } from '#shared/application/notifications/interest';
import { makePublishWanted } from '#shared/application/notifications/publish-wanted';
import { saleEvents } from '#shared/application/referrals/sales/sale-events';

const environment = readEnvironment(
  z.object({
    EVENT_BUS_NAME: z.string(),
    PARTNERS_TABLE: z.string(),
    CONFIG_TTL_SECONDS: z.coerce.number().min(0),
  }),
);

/** Publishes what a batch of the Referrals table's stream tells others: sales, where somebody wants to know of each. */
export function makeHandler(
  interest: Pick<NoticeInterest, 'wants'>,
  publish: PublishEvents,
): ReturnType<typeof publishStream> {
  return publishStream(
    (record) => {
      const change = saleChangeOfRecord(record);
      return change ? saleEvents(change.before, change.after) : [];
    },
    makePublishWanted(interest, publish),
  );
}

export const handler = makeHandler(
  makeNoticeInterest({
    documents,
    tableName: environment.PARTNERS_TABLE,
    ttlSeconds: environment.CONFIG_TTL_SECONDS,
    clock: Date.now,
  }),
  makeEventBus({ client: new EventBridgeClient({}), busName: environment.EVENT_BUS_NAME }),
);
