import { table } from '#functions/notifications/mail/mail-composition';
import { tokens } from '#functions/notifications/mail/token-composition';
import { pageOf } from '#functions/notifications/mail/unsubscribe-page';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { programs } from '#functions/runtime/programs';
import { makePreferences } from '#shared/adapters/dynamodb/partners/preferences';
import { makeShowUnsubscribe } from '#shared/application/notifications/mail/unsubscribe';
import { showUnsubscribeRoute } from '#shared/contracts/notifications/unsubscribe';

const show = makeShowUnsubscribe({ tokens, preferences: makePreferences(table), programs });

export const showUnsubscribe: HttpHandler<typeof showUnsubscribeRoute> = async ({ params }, { headers }) =>
  pageOf(await show(params.token), headers);

export const handler = httpFunction(showUnsubscribeRoute, showUnsubscribe);
