import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RedirectEvent, RedirectResult } from '#functions/tracking/redirect-link';
import { makeClickTokens } from '#shared/adapters/click-tokens';
import { makeHmac } from '#shared/adapters/hmac';
import { makeSigningKeysFrom } from '#shared/adapters/signing-keys';
import { makeVisitorHash } from '#shared/adapters/visitor-hash';
import { aReferralsHouse, aSaleInput } from '#test/support/referrals-house';

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

  it.each([
    [{ 'sec-purpose': 'prefetch;prerender' }, 'p'],
    [{ purpose: 'prefetch' }, 'p'],
    [{ 'x-purpose': 'preview' }, 'p'],
    ...[
      'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
      'WhatsApp/2.23.20.0',
      'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
      'TelegramBot (like TwitterBot)',
      'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
      'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
      'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5',
      'curl/8.5.0',
    ].map((agent) => [{ 'user-agent': agent }, 'b'] as const),
  ] as const)('counts %j apart from people', async (headers, kind) => {
    const answer = await handler(visit('spring', 'GET', { ...headers }));
    expect(answer.statusCode).toBe(302);
    expect(JSON.parse(lines[0]!).k).toBe(kind);
  });

  it('answers HEAD with the headers of GET, without a body, a token or a click', async () => {
    const get = await handler(visit('spring'));
    const head = await handler(visit('spring', 'HEAD'));
    expect(Object.keys(head.headers)).toEqual(Object.keys(get.headers));
    expect(head).toMatchObject({
      statusCode: 302,
      body: '',
      headers: { location: 'https://shop.example/landing?ref=1' },
    });
    expect(lines).toHaveLength(1);
    const [page, unseen] = [await handler(visit('none')), await handler(visit('none', 'HEAD'))];
    expect(unseen).toEqual({ ...page, body: '' });
  });

  it('reads a link once for a thousand visitors at one moment, and counts each with an id of its own', async () => {
    await Promise.all(Array.from({ length: 1_000 }, () => handler(visit('spring'))));
    expect(calls.filter(({ target }) => target.startsWith('DynamoDB'))).toHaveLength(1);
    expect(new Set(lines.map((line) => JSON.parse(line).i)).size).toBe(1_000);
  });

  it('gives a warm link a token while the table is down, by which the sale is still attributed', async () => {
    const now = vi.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-01-15T11:00:00Z'));
    await handler(visit('spring'));
    isTableDown = true;
    now.mockReturnValue(Date.parse('2026-01-15T11:01:01Z'));
    const { headers } = await handler(visit('spring'));
    const clickToken = new URL(headers.location!).searchParams.get('ts_click')!;
    const { verify } = makeClickTokens({ keys: makeSigningKeysFrom(async () => 'root', Date.now), randomBytes });
    const house = aReferralsHouse({ verifyClick: verify });
    await house.recordConversion(aSaleInput({ clickToken }));
    expect((await house.conversions.find('shop', 'o1'))?.partnerId).toBe('mira');
    expect(calls.filter(({ target }) => target.startsWith('DynamoDB')).length).toBeGreaterThan(1);
  });

  it.each([
    ['%2e%2e%2f', ''],
    ['../../etc/passwd', ''],
    ['spring\r\nset-cookie: x=1', ''],
    ['\u0000', ''],
    ['\u{1f600}', ''],
    ['x'.repeat(8_000), ''],
    ['spring', `sub1=${'<script>'.repeat(1_000)}`],
    ['spring', 'sub1=%0d%0aset-cookie:%20x=1'],
    ['spring', 'path=%2f%2fevil.example'],
    ['spring', '%ff%fe'],
  ])('answers %j with %j by a page that repeats nothing of it', async (slug, rawQueryString) => {
    const answer = await handler({ ...visit(slug), rawQueryString });
    expect([400, 404]).toContain(answer.statusCode);
    expect(JSON.stringify(answer)).not.toMatch(/set-cookie|passwd|script>|evil|\\u0000|%ff/);
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store' });
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
