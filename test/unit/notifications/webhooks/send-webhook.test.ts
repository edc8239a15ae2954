import { readFileSync } from 'node:fs';
import {
  createServer as createHttp,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeSendWebhook, type Resolved } from '#shared/adapters/webhooks/send-webhook';

const DATA = join(import.meta.dirname, '../../../data');
const key = readFileSync(join(DATA, 'webhook-receiver-key.pem'), 'utf8');
const cert = readFileSync(join(DATA, 'webhook-receiver-cert.pem'), 'utf8');
const SECRETS = [
  'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=',
  'whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNkZWY=',
];
const MESSAGE = { webhookId: 'msg_1', body: '{"type":"payout.paid","data":{"name":"Zoë"}}', secrets: SECRETS };
const HERE: Resolved = { address: '127.0.0.1', family: 4 };

let server: Server;
let port: number;
let answer: (request: IncomingMessage, response: ServerResponse, body: string) => void;
let seen: { request: IncomingMessage; body: string }[] = [];

const listener: RequestListener = (request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += String(chunk);
  });
  request.on('end', () => {
    seen.push({ request, body });
    answer(request, response, body);
  });
};

beforeAll(async () => {
  server = createHttps({ key, cert }, listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  seen = [];
  answer = (_request, response) => response.writeHead(204).end();
});

type Deps = Parameters<typeof makeSendWebhook>[0];
/** Everything real but the name, which leads to this machine, and the judge, which lets that pass. */
const send = (deps: Partial<Deps> = {}, url = `https://hook.example.com:${port}/in?a=b`) =>
  makeSendWebhook({
    clock: Date.now,
    trialOrigin: '',
    resolve: async () => [HERE],
    isPublic: ({ length }) => length > 0,
    timeoutMs: 2_000,
    ca: cert,
    ...deps,
  })({ ...MESSAGE, url });

describe('a message', () => {
  it('arrives signed with every secret that lives, as the library of Standard Webhooks verifies it', async () => {
    expect(await send()).toEqual({ statusCode: 204 });
    const [{ request, body }] = seen as [(typeof seen)[0]];
    expect(request).toMatchObject({ method: 'POST', url: '/in?a=b' });
    expect(request.headers).toMatchObject({
      host: `hook.example.com:${port}`,
      'content-type': 'application/json',
      'webhook-id': 'msg_1',
    });
    const headers = request.headers as Record<string, string>;
    for (const secret of SECRETS) expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(MESSAGE.body));
    const other = new Webhook('whsec_MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA=');
    expect(() => other.verify(body, headers)).toThrow();
    expect(() => new Webhook(SECRETS[0]!).verify(`${body} `, headers)).toThrow();
  });

  it('to a server whose certificate is not for its name, or is of nobody known, is not sent', async () => {
    expect(await send({ ca: undefined })).toEqual({ error: expect.stringMatching(/^the connection failed: \w+CERT/) });
    expect(await send({}, `https://other.example.com:${port}/`)).toEqual({
      error: 'the connection failed: ERR_TLS_CERT_ALTNAME_INVALID',
    });
    expect(seen).toEqual([]);
  });
});

describe('answers', () => {
  it('that redirect are failures, wherever they lead: nobody follows', async () => {
    let inside = 0;
    const metadata = createHttp((_request, response) => {
      inside += 1;
      response.end('secret');
    });
    await new Promise<void>((done) => metadata.listen(0, '127.0.0.1', done));
    const location = `http://127.0.0.1:${(metadata.address() as AddressInfo).port}/latest/meta-data/`;
    for (const status of [301, 302, 303, 307, 308]) {
      answer = (_request, response) => response.writeHead(status, { location }).end();
      expect(await send()).toEqual({ statusCode: status });
    }
    expect(inside).toBe(0);
    metadata.close();
  });

  it('that fail show their beginning, whatever their size, and when to come back', async () => {
    answer = (_request, response) => {
      response.writeHead(503, { 'retry-after': '120' });
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    };
    expect(await send()).toEqual({ statusCode: 503, retryAfterSeconds: 120, responseStart: 'x'.repeat(256) });
    const date = 'Sun, 22 Nov 2026 10:00:00 GMT';
    answer = (_request, response) =>
      response.writeHead(429, { date, 'retry-after': 'Sun, 22 Nov 2026 10:05:00 GMT' }).end(' no\u0000\n now ');
    expect(await send()).toEqual({ statusCode: 429, retryAfterSeconds: 300, responseStart: 'no now' });
    answer = (_request, response) => response.writeHead(500, { 'retry-after': 'soon' }).end();
    expect(await send()).toEqual({ statusCode: 500 });
  });

  it('that succeed are done with their status line, however long their text takes', async () => {
    answer = (_request, response) => {
      response.writeHead(200);
      response.write('and then');
    };
    const startedMs = Date.now();
    expect(await send()).toEqual({ statusCode: 200 });
    expect(Date.now() - startedMs).toBeLessThan(1_000);
  });

  it('that do not come in time are time-outs, also when only the name takes so long', async () => {
    answer = () => undefined;
    const late = { error: 'no answer within 0.05 seconds', isTimeOut: true };
    expect(await send({ timeoutMs: 50 })).toEqual(late);
    expect(await send({ timeoutMs: 50, resolve: () => new Promise(() => undefined) })).toEqual(late);
  });

  it('with endless headers, or none that are HTTP, are failures', async () => {
    answer = (_request, response) => response.writeHead(200, { 'x-long': 'y'.repeat(20_000) }).end();
    expect(await send()).toEqual({ error: 'the connection failed: HPE_HEADER_OVERFLOW' });
    answer = (request) => request.socket.end('what?\r\n\r\n');
    expect(await send()).toEqual({ error: expect.stringMatching(/^the connection failed: HPE_/) });
    answer = (request) => request.socket.destroy();
    expect(await send()).toEqual({ error: 'the connection failed: ECONNRESET' });
  });

  it('that change to another protocol, or only announce an answer, end too', async () => {
    answer = (request) =>
      request.socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: any\r\n\r\n');
    expect(await send()).toEqual({ error: 'the connection failed: NO_ANSWER' });
    answer = (request) => request.socket.write('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n');
    expect(await send({ timeoutMs: 100 })).toEqual({ error: 'no answer within 0.1 seconds', isTimeOut: true });
  });
});

describe('a receiver', () => {
  const isPublic = undefined;
  const NOT_ASKED = { error: 'not sent: its name leads to an address that is not on the public internet' };

  it('is not asked when any of its addresses is inside', async () => {
    for (const address of [
      '127.0.0.1',
      '169.254.169.254',
      '10.0.0.1',
      '::1',
      '::ffff:127.0.0.1',
      'fd00:ec2::254',
      '64:ff9b::7f00:1',
    ]) {
      const family = address.includes(':') ? 6 : 4;
      const good = { address: '93.184.216.34', family: 4 };
      expect(await send({ isPublic, resolve: async () => [good, { address, family }] })).toEqual(NOT_ASKED);
    }
    expect(await send({ isPublic, resolve: async () => [] })).toEqual(NOT_ASKED);
    expect(seen).toEqual([]);
  });

  it('is asked at the address that was judged, whatever its name says a moment later', async () => {
    const answers = [[HERE], [{ address: '169.254.169.254', family: 4 }]];
    let asked = 0;
    const judged: string[] = [];
    const outcome = await send({
      resolve: async () => answers[asked++] ?? [],
      isPublic: (address) => judged.push(address) > 0,
    });
    expect([outcome, asked, judged]).toEqual([{ statusCode: 204 }, 1, ['127.0.0.1']]);
    expect(seen).toHaveLength(1);
  });

  it('that is refused as an address is not asked either, however it came to be stored', async () => {
    for (const url of [`https://127.0.0.1:${port}/`, `https://[::1]:${port}/`, `http://hook.example.com:${port}/`]) {
      expect(await send({}, url)).toEqual({ error: expect.stringMatching(/^not sent: its address must/) });
    }
    expect(seen).toEqual([]);
  });

  it('on this machine is asked where a trial names it', async () => {
    const trial = createHttp(listener);
    await new Promise<void>((done) => trial.listen(0, '127.0.0.1', done));
    const origin = `http://127.0.0.1:${(trial.address() as AddressInfo).port}`;
    expect(await send({ trialOrigin: origin, isPublic }, `${origin}/in`)).toEqual({ statusCode: 204 });
    expect(await send({ isPublic }, `${origin}/in`)).toHaveProperty('error');
    expect(seen).toHaveLength(1);
    trial.close();
  });

  it('whose name is not known is a failed connection', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }));
    expect(await send({ resolve })).toEqual({ error: 'the connection failed: ENOTFOUND' });
  });
});
