import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalStack, startLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme } from '#test/support/programme';

const SHOP = 'https://shop.example/landing?ref=1';
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';
let stack: LocalStack;

beforeAll(async () => {
  stack = await startLocalStack();
  const programId = await aProgramme(stack.as('admin'));
  const manager = stack.as('partner_manager');
  await aPartner(manager, programId, 'mira');
  await manager.post(`/v1/programs/${programId}/links`, { partnerId: 'mira', destination: SHOP, slug: 'hostile-test' });
});
afterAll(() => stack?.stop());

type Answer = { status: number; head: string; body: string; text: string };

/** Exactly these bytes: a client library would mend an address before it sends it. */
function send(target: string, { method = 'GET', headers = '' } = {}): Promise<Answer> {
  const { hostname, port } = new URL(stack.endpoints.apiUrl);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      const head = `${method} ${target} HTTP/1.1\r\nHost: x\r\nUser-Agent: ${BROWSER}\r\nConnection: close\r\n${headers}\r\n`;
      socket.write(Buffer.from(head, 'latin1'));
    });
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('error', reject);
    socket.once('close', () => {
      const text = Buffer.concat(chunks).toString('latin1');
      const [head = '', ...body] = text.split('\r\n\r\n');
      resolve({ status: Number(text.slice(9, 12)), head, body: body.join('\r\n\r\n'), text });
    });
  });
}
const locationOf = ({ head }: Answer): string => /^location: (.*)$/im.exec(head)?.[1]?.trim() ?? '';

describe('a link under attack', () => {
  it.each(
    [
      '/r/no-such-link',
      '/r/..%2f..%2fetc%2fpasswd',
      '/r/%2e%2e',
      '/r/../../v1/programs',
      '/r/%00',
      '/r/hostile-test%00',
      '/r/hostile-test%0d%0aset-cookie:%20marked=1',
      '/r/hostile-test%0Amarked',
      '/r/%ff%fe-marked',
      '/r/%c0%af-marked',
      '/r/%',
      '/r/%zz-marked',
      '/r/h%C4%B1stile-test',
      '/r/hostile%EF%BC%8Dtest',
      '/r/%F0%9F%98%80',
      '/r/h\u00f6stile',
      `/r/${'marked'.repeat(300)}`,
      `/r/${'marked'.repeat(1_000)}`,
      '/r/__proto__',
      '/r/',
      '/r//evil.example',
      '/r/%3Cscript%3Emarked',
      `/r/hostile-test?x=${'marked'.repeat(1_333)}`,
      `/r/hostile-test?sub1=${'%41'.repeat(2_600)}`,
      '/r/hostile-test?sub1=%ff',
      '/r/hostile-test?sub1=%c0%ae%c0%ae',
      '/r/hostile-test?sub1=a%0d%0aset-cookie:%20marked=1',
      '/r/hostile-test?path=%0d%0aset-cookie:%20marked=1',
      '/r/hostile-test?path=//evil.example',
      '/r/hostile-test?path=%2f%2fevil.example',
      '/r/hostile-test?path=/%5cevil.example',
      '/r/hostile-test?path=https://evil.example',
      '/r/hostile-test?path=@evil.example',
      '/r/hostile-test?path=/%09/evil.example',
      '/c/%ff%fe',
      '/c/%0d%0aset-cookie:%20marked=1',
      '//evil.example/r/hostile-test',
      '*',
    ].map((target) => [target.slice(0, 80), target]),
  )('answers %s with a clean 4xx', async (_start, target = '') => {
    const answer = await send(target);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.text).not.toMatch(/marked|evil\.example|passwd|set-cookie|location:/i);
  });

  it('leads nowhere but to its shop, also where the hostile part is only ignored', async () => {
    for (const query of [
      'url=https://evil.example',
      'sub1=//evil.example',
      'path=/..//evil.example',
      'path=/%252e%252e',
      'sub1=50%',
    ]) {
      const answer = await send(`/r/hostile-test?${query}`);
      expect([query, answer.status]).toEqual([query, 302]);
      expect(new URL(locationOf(answer)).origin).toBe('https://shop.example');
    }
    const header = await send('/r/hostile-test', {
      headers: 'X-Forwarded-Host: evil.example\r\nReferer: //evil.example\r\n',
    });
    expect(new URL(locationOf(header)).origin).toBe('https://shop.example');
  });

  it('refuses a request that smuggles a header of its own', async () => {
    const answer = await send('/r/hostile-test HTTP/1.1\r\nX: y\rmarked', { headers: 'Bad\u0000Header: marked\r\n' });
    expect([400, 431]).toContain(answer.status);
    expect(answer.text).not.toMatch(/marked/);
  });

  it('answers HEAD like GET, without body or token, and tells caches and sniffers to keep off', async () => {
    const [get, head] = [await send('/r/hostile-test'), await send('/r/hostile-test', { method: 'HEAD' })];
    expect([get.status, head.status, head.body]).toEqual([302, 302, '']);
    for (const { head: headers } of [get, head]) {
      expect(headers).toMatch(/^cache-control: private, no-store\r?$/im);
      expect(headers).toMatch(/^referrer-policy: strict-origin-when-cross-origin\r?$/im);
      expect(headers).toMatch(/^x-content-type-options: nosniff\r?$/im);
    }
    expect(locationOf(get)).toMatch(/^https:\/\/shop\.example\/landing\?ref=1&ts_click=[\w.-]+$/);
    expect(locationOf(head)).toBe(SHOP);
    const unknown = await send('/r/no-such-link', { method: 'HEAD' });
    expect([unknown.status, unknown.body]).toEqual([404, '']);
  });
});
