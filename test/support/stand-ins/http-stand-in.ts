import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What goes wrong with one request: `before` it is acted upon or `after`. `silence` never answers, `reset` drops the connection,
 * a number answers that status, `garbage` answers 200 with what is no JSON.
 */
export type Fault = {
  readonly when: 'before' | 'after';
  readonly how: 'silence' | 'reset' | 'garbage' | number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};
export type Answer = { readonly status: number; readonly body: unknown };

export type HttpStandIn = {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** The next requests that `matches` go wrong so, one fault each. */
  fail(matches: (asked: Asked) => boolean, ...faults: readonly Fault[]): void;
  /** Forgets the faults that nothing has met. */
  calm(): void;
  stop(): Promise<void>;
};

/** A rail's HTTP interface on this machine. */
export async function startHttpStandIn(act: (asked: Asked) => Answer, port = 0): Promise<HttpStandIn> {
  const asked: Asked[] = [];
  const pending: { matches: (asked: Asked) => boolean; fault: Fault }[] = [];
  const server = createServer((request, response) => {
    void handle(request, response);
  });
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stand.in');
    const one: Asked = {
      method: request.method ?? '',
      path: pathname,
      query: searchParams,
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    };
    asked.push(one);
    const at = pending.findIndex(({ matches }) => matches(one));
    const fault = at === -1 ? undefined : pending.splice(at, 1)[0]?.fault;
    const answer = fault?.when === 'before' ? undefined : act(one);
    if (!fault) send(response, answer?.status ?? 500, answer?.body);
    else if (fault.how === 'reset') request.socket.destroy();
    else if (fault.how === 'garbage') response.writeHead(200, { 'content-type': 'application/json' }).end('{"half":');
    else if (fault.how !== 'silence') send(response, fault.how, fault.body, fault.headers);
  };
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    fail: (matches, ...faults) => {
      for (const fault of faults) pending.push({ matches, fault });
    },
    calm: () => {
      pending.length = 0;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body === undefined ? '' : JSON.stringify(body));
}
