import { retry, table } from '#functions/notifications/mail/mail-composition';
import { isOneClick } from '#functions/notifications/mail/one-click';
import { tokens } from '#functions/notifications/mail/token-composition';
import { donePage, unknownPage } from '#functions/notifications/mail/unsubscribe-page';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makePreferences } from '#shared/adapters/dynamodb/partners/preferences';
import { Failure } from '#shared/application/failure';
import { makeUnsubscribe } from '#shared/application/notifications/mail/unsubscribe';
import { unsubscribeRoute } from '#shared/contracts/notifications/unsubscribe';

const end = makeUnsubscribe({ tokens, preferences: makePreferences(table), clock: Date.now, retry });

export const unsubscribe: HttpHandler<typeof unsubscribeRoute> = async ({ params }, { headers, rawBody }) => {
  if (!isOneClick(rawBody(), headers['content-type'])) {
    throw new Failure('invalid_request', 'Send the form field List-Unsubscribe=One-Click (RFC 8058).', {
      errors: [{ pointer: '/List-Unsubscribe', rule: 'must be One-Click, in a form' }],
    });
  }
  const ending = await end(params.token);
  return ending ? donePage(ending, headers) : unknownPage(headers);
};

export const handler = httpFunction(unsubscribeRoute, unsubscribe);
