import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#test/support/eventually';
import { type LocalStack, startLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme } from '#test/support/programme';

const BROWSER = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const screenshots = join(import.meta.dirname, 'screenshots');

let stack: LocalStack;
let browser: BrowserContext;
let programId: string;

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What makes a page hard for people who do not see it, or not well. The page lets no script in: this one comes from outside. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setBypassCSP', { enabled: true });
  await page.reload();
  await page.addScriptTag({ path: axe });
  const run = 'axe.run().then(({ violations }) => violations.map(({ id, help }) => id + ": " + help))';
  return page.evaluate<readonly string[]>(run);
}

// With CI=true a missing browser fails in the set-up instead of being skipped.
describe.skipIf(!BROWSER && !process.env.CI)('pages in a browser (needs Chromium: apt-get install chromium)', () => {
  beforeAll(async () => {
    if (!BROWSER) throw new Error('CI has no Chromium: apt-get install chromium');
    mkdirSync(screenshots, { recursive: true });
    stack = await startLocalStack();
    browser = await chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), 'tallystick-browser-')), {
      executablePath: BROWSER,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
      viewport: { width: 390, height: 844 },
    });
    programId = await aProgramme(stack.as('admin'), { name: 'Corner shop' });
    await aPartner(stack.as('partner_manager'), programId, 'mira', { name: 'Mira Makes' });
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it('shows a customer the offer of a code, and who is paid for it, on a phone', async () => {
    const { code } = await stack.as('partner_manager').post<{ code: string }>(`/v1/programs/${programId}/codes`, {
      partnerId: 'mira',
      destination: 'https://shop.example/welcome',
    });
    const page = await browser.newPage();
    const response = await page.goto(new URL(`/c/${code}`, stack.endpoints.apiUrl).href);
    expect(response?.status()).toBe(200);
    expect((await response?.body())?.byteLength).toBeLessThan(15_000);
    expect(await faultsOf(page)).toEqual([]);
    expect(await page.getByRole('heading').first().isVisible()).toBe(true);
    expect(await page.locator('body').innerText()).toContain(code);
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    await page.screenshot({ path: join(screenshots, 'offer.png') });
  });

  it('shows what a link offers before it is followed, in the language of the programme', async () => {
    await stack.as('partner_manager').send(`/v1/programs/${programId}/links`, {
      partnerId: 'mira',
      slug: 'shown-first',
      destination: 'https://shop.example/welcome',
      description: 'Spring in a box',
      disclosedAs: 'Mira Makes',
    });
    const page = await browser.newPage();
    await page.goto(new URL('/l/shown-first?sub1=mail', stack.endpoints.apiUrl).href);
    const button = page.getByRole('link', { name: 'Go to Corner shop' });
    expect(await button.getAttribute('href')).toBe('/r/shown-first?sub1=mail');
    expect(await page.getByRole('region', { name: 'Who is paid for this' }).innerText()).toContain('Mira Makes');
    expect(await faultsOf(page)).toEqual([]);
    await page.screenshot({ path: join(screenshots, 'link.png') });
  });

  it('hands a click to the checkout through the snippet, as a browser runs it', async () => {
    const { apiUrl } = stack.endpoints;
    const snippet = await (await fetch(new URL('/ts.js', apiUrl))).text();
    expect(Buffer.byteLength(snippet)).toBeLessThan(2_000);
    const page = await browser.newPage();
    const html = '<!doctype html><script src="http://go.test/ts.js"></script><form><input name="ts_click"></form>';
    // A browser lets no shop of the open network load from this machine: the text goes in as it was served.
    await page.route('http://go.test/ts.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: snippet }),
    );
    await page.route('http://shop.test/**', (route) => route.fulfill({ contentType: 'text/html', body: html }));
    const token = `${'a'.repeat(60)}.${'m'.repeat(22)}`;
    await page.goto(`http://shop.test/welcome?ts_click=${token}`);
    expect(page.url()).toBe('http://shop.test/welcome');
    await page.goto('http://shop.test/checkout');
    expect(await page.locator('input').inputValue()).toBe(token);
    expect(await page.evaluate('tallystick.tokens()')).toEqual([token]);
  });

  it('tells a visitor of an unknown link what to do', async () => {
    const page = await browser.newPage();
    const response = await page.goto(new URL('/r/no-such-link', stack.endpoints.apiUrl).href);
    expect(response?.status()).toBe(404);
    expect((await page.locator('body').innerText()).length).toBeGreaterThan(40);
  });

  it('shows the mail of a promotion in the mailbox', async () => {
    await stack.as('partner_manager').post(`/v1/programs/${programId}/partners/mira/tiers`, {
      tier: 'certified',
      from: '2026-02-01T00:00:00Z',
      reason: 'Passed the training',
    });
    const page = await browser.newPage();
    await eventually(async () => {
      await page.goto(stack.endpoints.mailboxUrl);
      expect(await page.locator('body').innerText()).toContain(`mira.${programId}@partners.example`);
    });
    await page.screenshot({ path: join(screenshots, 'mailbox.png') });
  });
});
