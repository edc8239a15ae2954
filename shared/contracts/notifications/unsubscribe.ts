import * as z from 'zod';
import { defineRoute } from '#shared/contracts/route';

const PAGES = {
  404: 'The link is incomplete, of another installation, or of a key that is not kept any more, which answer alike',
};
/** Longer than any token of ours. */
const params = z.object({ token: z.string().max(512) });
const page = { service: 'notifications', path: '/u/{token}', access: 'public', params, status: 200 } as const;

export const showUnsubscribeRoute = defineRoute({
  ...page,
  name: 'show-unsubscribe',
  method: 'GET',
  summary: 'Ask whether e-mails of a kind should end',
  description: 'Changes nothing, whoever follows the link of an e-mail: the button on the page does.',
  pages: PAGES,
  responseType: 'text/html; charset=utf-8',
});

export const unsubscribeRoute = defineRoute({
  ...page,
  name: 'unsubscribe',
  method: 'POST',
  summary: 'End e-mails of a kind, with one click',
  description:
    'For mail programs (RFC 8058) and the button on the page of the same address: a form with `List-Unsubscribe=One-Click`, without a token of its own or a cookie. Sent twice it is done. The reader can choose otherwise at any time.',
  pages: PAGES,
  responseType: 'text/html; charset=utf-8',
});
