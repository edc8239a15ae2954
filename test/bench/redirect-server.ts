import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

/**
 * One redirect over HTTP for the benchmark: `bare` answers from nothing, a bundle's path answers through its handler,
 * with the request as API Gateway's payload 2.0. Sends its port to the parent.
 */
const [subject = 'bare'] = process.argv.slice(2);
/** As long as a real answer, so that both send the same bytes. */
const LOCATION = `https://shop.example/landing?ref=1&ts_click=${'x'.repeat(72)}`;
const HEADERS = {
  location: LOCATION,
  'cache-control': 'private, no-store',
  'referrer-policy': 'strict-origin-when-cross-origin',
};

type Handler = (event: object) => Promise<{ statusCode: number; headers: Record<string, string>; body: string }>;

const bare = createServer((_request, response) => {
  response.writeHead(302, HEADERS);
  response.end();
});

async function throughHandler(): Promise<typeof bare> {
  const { handler } = (await import(pathToFileURL(subject).href)) as { handler: Handler };
  return createServer(async (request, response) => {
    const url = request.url ?? '';
    const queryAt = url.indexOf('?');
    const path = queryAt < 0 ? url : url.slice(0, queryAt);
    const rawQueryString = queryAt < 0 ? '' : url.slice(queryAt + 1);
    const { statusCode, headers, body } = await handler({
      pathParameters: { slug: path.slice('/r/'.length) },
      rawQueryString,
      headers: request.headers,
      requestContext: { http: { method: request.method, sourceIp: '203.0.113.7' } },
    });
    response.writeHead(statusCode, headers);
    if (body === '') response.end();
    else response.end(body);
  });
}

const server = subject === 'bare' ? bare : await throughHandler();
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address ? address.port : 0);
});
