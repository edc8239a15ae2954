import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RedirectEvent, RedirectResult } from '#functions/tracking/redirect-link';
import { makeHmac } from '#shared/adapters/hmac';
import { makeVisitorHash } from '#shared/adapters/visitor-hash';

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';
const text = (value: string) => ({ S: value });
const ITEM = {
  slug: text('spring'),
  programId: text('shop'),
  partnerId: text('mira'),
  destination: text('https://shop.example/landing?ref=1'),
};

let calls: { target: string; body: string; authorization: string }[];
let lines: string[];
let isTableDown: boolean;
let handler: (event: RedirectEvent) => Promise<RedirectResult>;

beforeEach(async () => {
  calls = [];
  lines = [];
  isTableDown = false;
  vi.stubGlobal('fetch', async (request: Request) => {
    const target = request.headers.get('x-amz-target') ?? '';
    const body = await request.text();
    calls.push({ target, body, authorization: request.headers.get('authorization') ?? '' });
    if (target.startsWith('secretsmanager')) return Response.json({ SecretString: 'root' });
    if (isTableDown) return Response.json({ __type: 'InternalServerError' }, { status: 500 });
    return Response.json(body.includes('SLUG#spring') ? { Item: ITEM } : {});
  });
  vi.doMock('#shared/adapters/write-line', () => ({ writeLine: (line: string) => lines.push(line) }));
  const environment = {
    REFERRALS_TABLE: 'Referrals',
    SIGNING_SECRET_ARN: 'arn:secret',
    CONFIG_TTL_SECONDS: '60',
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIA',
    AWS_SECRET_ACCESS_KEY: 'secret',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.resetModules();
  ({ handler } = await import('#functions/tracking/redirect-link'));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.doUnmock('#shared/adapters/write-line');
});

const visit = (slug: string, method = 'GET', headers: Record<string, string> = {}): RedirectEvent => ({
  pathParameters: { slug },
  rawQueryString: '',
  headers: { 'user-agent': BROWSER, ...headers },
  requestContext: { http: { method, sourceIp: '203.0.113.7' } },
});

describe('the redirect function', () => {
  it('does one read for a cold link, one secret an instance, and no network call when warm', async () => {
    await handler(visit('spring'));
    expect(calls.map((call) => call.target)).toEqual(['DynamoDB_20120810.GetItem', 'secretsmanager.GetSecretValue']);
    expect(calls[0]?.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIA\/\d+\/eu-west-1\/dynamodb\/aws4_request/,
    );
    for (let repeat = 0; repeat < 5; repeat += 1) await handler(visit('spring'));
    expect(calls).toHaveLength(2);
  });

  it('answers 302 with headers that no cache keeps, and writes one line without address or browser', async () => {
    const answer = await handler(visit('spring'));
    expect(answer.statusCode).toBe(302);
    expect(answer.headers.location).toMatch(/^https:\/\/shop\.example\/landing\?ref=1&ts_click=[\w.-]{60,}$/);
    expect(answer.headers['cache-control']).toBe('private, no-store');
    expect(answer.headers['referrer-policy']).toBeDefined();
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/203\.0\.113|Mozilla/);
    expect(JSON.parse(lines[0]!)).toMatchObject({ type: 'click', s: 'spring', p: 'shop' });
  });

  it('tells bots and prefetches apart, and counts no HEAD', async () => {
    await handler(visit('spring', 'GET', { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' }));
    await handler(visit('spring', 'GET', { 'user-agent': '' }));
    await handler(visit('spring', 'GET', { 'sec-purpose': 'prefetch' }));
    await handler(visit('spring', 'GET', { 'x-moz': 'prefetch' }));
    expect((await handler(visit('spring', 'HEAD'))).statusCode).toBe(302);
    expect(lines.map((line) => JSON.parse(line).k)).toEqual(['b', 'b', 'p', 'p']);
  });

  it('shows a page that says what to do for an unknown link, and reads its slug once', async () => {
    const first = await handler(visit('no-such-link'));
    await handler(visit('no-such-link'));
    expect(first.statusCode).toBe(404);
    expect(first.headers['content-type']).toContain('text/html');
    expect(first.body).toMatch(/ask the person who shared it/);
    expect(calls).toHaveLength(1);
    expect(lines).toEqual([]);
  });

  it('keeps warm links going when the table is down, and asks others to wait', async () => {
    await handler(visit('spring'));
    isTableDown = true;
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000);
    expect((await handler(visit('spring'))).statusCode).toBe(302);
    const cold = await handler(visit('cold-link'));
    expect([cold.statusCode, cold.headers['retry-after']]).toEqual([503, '2']);
  });
});

describe('the hash of a visitor', () => {
  const hash = makeVisitorHash({ current: async () => ({ keyId: new Uint8Array(4), hmac: makeHmac('key') }) });
  const NOON = Date.parse('2026-01-15T12:00:00Z');

  it('is the same all day and another the next day', async () => {
    const today = await hash('203.0.113.7', BROWSER, NOON);
    expect(await hash('203.0.113.7', BROWSER, NOON + 11 * 3_600_000)).toBe(today);
    expect(await hash('203.0.113.7', BROWSER, NOON + 12 * 3_600_000)).not.toBe(today);
    expect(await hash('203.0.113.8', BROWSER, NOON)).not.toBe(today);
    expect(today).toMatch(/^[\w-]{11}$/);
  });

  it('depends on the key of the installation', async () => {
    const other = makeVisitorHash({
      current: async () => ({ keyId: new Uint8Array(4), hmac: makeHmac('other') }),
    });
    expect(await other('203.0.113.7', BROWSER, NOON)).not.toBe(await hash('203.0.113.7', BROWSER, NOON));
  });

  it('is nothing without a key, rather than an address that can be guessed back', async () => {
    expect(await makeVisitorHash({ current: async () => undefined })('203.0.113.7', BROWSER, NOON)).toBe('-');
  });
});
