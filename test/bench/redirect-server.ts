import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

/**
 * One redirect over HTTP for the benchmark: `bare` answers from nothing, a bundle's path answers through its handler,
 * with the request as API Gateway's payload 2.0. Sends its port to the parent.
 */
const [subject = 'bare'] = process.argv.slice(2);
/** As long as a real answer, so that both send the same bytes. */
const LOCATION = `https://shop.example/landing?ref=1&ts_click=${'x'.repeat(75)}`;
const HEADERS = {
  location: LOCATION,
  'cache-control': 'private, no-store',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
};

const BYTE = 255;
const PREFIX_LENGTH = '/r/'.length;

type Handler = (event: object) => Promise<{ statusCode: number; headers: Record<string, string>; body: string }>;

const bare = createServer((_request, response) => {
  response.writeHead(302, HEADERS);
  response.end();
});

async function throughHandler(): Promise<typeof bare> {
  const { handler } = (await import(pathToFileURL(subject).href)) as { handler: Handler };
  // Visitors come one after the other, as many as two bytes tell apart: remembering the last one helps nothing.
  let visits = 0;
  // The payload is what the adapter owes the handler; it costs as little as one can.
  return createServer((request, response) => {
    visits += 1;
    const url = request.url ?? '';
    const queryAt = url.indexOf('?');
    const event = {
      pathParameters: { slug: url.slice(PREFIX_LENGTH, queryAt < 0 ? undefined : queryAt) },
      rawQueryString: queryAt < 0 ? '' : url.slice(queryAt + 1),
      headers: request.headers,
      requestContext: {
        http: { method: request.method, sourceIp: `10.0.${(visits >> 8) & BYTE}.${visits & BYTE}` },
      },
    };
    handler(event).then(({ statusCode, headers, body }) => {
      response.writeHead(statusCode, headers);
      if (body === '') response.end();
      else response.end(body);
    });
  });
}

const server = subject === 'bare' ? bare : await throughHandler();
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address ? address.port : 0);
});
