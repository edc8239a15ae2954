import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeNotices } from '#shared/adapters/dynamodb/partners/notices';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import { makeListInbox } from '#shared/application/notifications/list-inbox';
import { listInboxRoute } from '#shared/contracts/notifications/list-inbox';

const environment = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));
const table = { documents, tableName: environment.PARTNERS_TABLE };
const readInbox = makeListInbox({ partners: makePartnerStore(table), notices: makeNotices(table) });

export const listInbox: HttpHandler<typeof listInboxRoute> = async ({ params, query }) => {
  const { items, nextCursor } = await readInbox({ ...params, ...query });
  return {
    items: items.map(({ noticeId, kind, title, text, occurredAt }) => ({ noticeId, kind, title, text, occurredAt })),
    nextCursor,
  };
};

export const handler = httpFunction(listInboxRoute, listInbox);
