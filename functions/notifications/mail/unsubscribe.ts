import { retry, table } from '#functions/notifications/mail/mail-composition';
import { isOneClick } from '#functions/notifications/mail/one-click';
import { tokens } from '#functions/notifications/mail/token-composition';
import { donePage, pageOf, unknownPage, wantsPage } from '#functions/notifications/mail/unsubscribe-page';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { programs } from '#functions/runtime/programs';
import { makePreferences } from '#shared/adapters/dynamodb/partners/preferences';
import { Failure } from '#shared/application/failure';
import { makeShowUnsubscribe, makeUnsubscribe } from '#shared/application/notifications/mail/unsubscribe';
import { unsubscribeRoute } from '#shared/contracts/notifications/unsubscribe';

const deps = { tokens, preferences: makePreferences(table), programs };
const end = makeUnsubscribe({ ...deps, clock: Date.now, retry });
const show = makeShowUnsubscribe(deps);

export const unsubscribe: HttpHandler<typeof unsubscribeRoute> = async ({ params }, { headers, rawBody }) => {
  if (!isOneClick(rawBody(), headers['content-type'])) {
    // Whoever sends it by hand is asked, as by following the link.
    if (wantsPage(headers)) return pageOf(await show(params.token), headers);
    throw new Failure('invalid_request', 'Send the form field List-Unsubscribe=One-Click (RFC 8058).', {
      errors: [{ pointer: '/List-Unsubscribe', rule: 'must be One-Click, in a form' }],
    });
  }
  const ending = await end(params.token);
  return ending ? donePage(ending, headers) : unknownPage(headers);
};

export const handler = httpFunction(unsubscribeRoute, unsubscribe);
