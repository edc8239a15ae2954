import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { signIn, startBrowser, withoutBrowser } from '#test/support/browser';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme, aSale, reviewedRun } from '#test/support/programme';

const MAX_BYTES = 150_000;
/** What moves by less nobody sees (web.dev: a good page is below 0.1). */
const MAX_SHIFT = 0.01;
/** Adds up how much of the page moves after it was first painted (Layout Instability API). */
const WATCH_SHIFTS =
  'window.shifted = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifted += entry.value; }).observe({ type: "layout-shift", buffered: true });';

let stack: SharedStack;
let programId: string;

// With CI=true a missing browser fails in the set-up instead of being skipped.
describe.skipIf(withoutBrowser)('every page of the navigation (needs Chromium: apt-get install chromium)', () => {
  beforeAll(async () => {
    stack = await sharedLocalStack();
    programId = await aProgramme(stack.as('admin'), { name: 'Whole shop' });
    await aPartner(stack.as('partner_manager'), programId, 'mira', { email: `mira@${programId}.example` });
    await aSale(stack.as('merchant_key'), programId, 'order-1', 10_000, { partnerId: 'mira' });
    await reviewedRun(stack, programId, '2026-01');
  });

  // An admin has all pages of staff; who else opens which is the role matrix.
  it.each(['partner', 'admin'])(
    'opens for %s without an error, nothing moves, and it is light',
    async (role) => {
      const browser: BrowserContext = await startBrowser();
      try {
        const page = await browser.newPage();
        const faults: string[] = [];
        let sent = 0;
        page.on('console', (message) => {
          if (message.type() === 'error') faults.push(`${page.url()}: ${message.text()}`);
        });
        page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
        page.on('requestfinished', async (request) => {
          const sizes = await request.sizes().catch(() => undefined);
          sent += sizes?.responseBodySize ?? 0;
        });
        await page.addInitScript(WATCH_SHIFTS);
        const start = role === 'partner' ? `/programs/${programId}/partners/mira/home` : `/programs/${programId}/plans`;
        await signIn(page, stack.endpoints, role === 'partner' ? `mira@${programId}.example` : role, start);
        const pages = await page
          .locator('.side-link')
          .evaluateAll((links) => links.map((link) => (link as unknown as { href: string }).href));
        expect(pages.length).toBeGreaterThan(8);
        for (const address of pages) {
          sent = 0;
          const answer = await page.goto(address);
          expect(`${address} ${answer?.status()}`).toBe(`${address} 200`);
          expect(await page.locator('h1').count()).toBe(1);
          await page.waitForLoadState('networkidle');
          const shifted = await page.evaluate<number>('window.shifted');
          if (shifted > MAX_SHIFT) faults.push(`${address}: moved by ${shifted}`);
          if (sent > MAX_BYTES) faults.push(`${address}: ${sent} bytes`);
        }
        expect(faults).toEqual([]);
        expect(await weightOfFirstVisit(browser, start)).toBeLessThan(MAX_BYTES);
      } finally {
        await browser.close();
      }
    },
    120_000,
  );
});

/** What somebody loads who comes for the first time: the page with its style sheets and scripts, as sent. */
async function weightOfFirstVisit(browser: BrowserContext, start: string): Promise<number> {
  const page: Page = await browser.newPage();
  const session = await browser.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(`${stack.endpoints.consoleUrl}${start}`);
  await page.waitForLoadState('networkidle');
  return bytes;
}
