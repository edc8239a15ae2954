import { type HttpHandler, httpFunction, type Reply, reply } from '#functions/runtime/http';
import { SNIPPET } from '#functions/tracking/snippet';
import { serveSnippetRoute } from '#shared/contracts/tracking/serve-snippet';

const HEADERS = {
  'content-type': 'text/javascript; charset=utf-8',
  // A shop asks once a day; a correction reaches its customers within it.
  'cache-control': 'public, max-age=86400',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'cross-origin',
};

export const serveSnippet: HttpHandler<typeof serveSnippetRoute> = async (): Promise<Reply> =>
  reply(200, { text: SNIPPET, headers: HEADERS });

export const handler = httpFunction(serveSnippetRoute, serveSnippet);
