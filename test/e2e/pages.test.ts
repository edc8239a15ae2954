import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
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
    const { code } = await stack
      .as('partner_manager')
      .post<{ code: string }>(`/v1/programs/${programId}/codes`, { partnerId: 'mira' });
    const page = await browser.newPage();
    const response = await page.goto(new URL(`/c/${code}`, stack.endpoints.apiUrl).href);
    expect(response?.status()).toBe(200);
    expect(await page.getByRole('heading').first().isVisible()).toBe(true);
    expect(await page.locator('body').innerText()).toContain(code);
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    await page.screenshot({ path: join(screenshots, 'offer.png') });
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
