import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Endpoints } from '#infra/local/demo/sign-in';

/** Where Chromium is; `undefined` where there is none. */
export const BROWSER = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
/** With CI=true a missing browser fails in the set-up instead of being skipped. */
export const withoutBrowser = !BROWSER && !process.env.CI;
export const screenshots = join(import.meta.dirname, '../e2e/screenshots');

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** A browser with a session of its own: whoever signs in, signs in here alone. */
export async function startBrowser(
  viewport: { readonly width: number; readonly height: number } = { width: 1280, height: 900 },
): Promise<BrowserContext> {
  if (!BROWSER) throw new Error('There is no Chromium: apt-get install chromium');
  mkdirSync(screenshots, { recursive: true });
  return chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), 'tallystick-browser-')), {
    executablePath: BROWSER,
    args: ARGUMENTS,
    viewport: { ...viewport },
    // Colours that fade in would be seen half way.
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
}

/** Opens a page of the console, signing in as somebody on the way where that is asked for. @param who an address, or the first person of a role */
export async function signIn(
  page: Page,
  endpoints: Pick<Endpoints, 'consoleUrl' | 'people'>,
  who: string,
  path = '',
): Promise<void> {
  const email = endpoints.people.find(({ role }) => role === who)?.email ?? who;
  await page.goto(`${endpoints.consoleUrl}${path}`);
  const button = page.locator(`button[name="email"][value="${email}"]`);
  if ((await button.count()) > 0) await button.first().click();
  else {
    await page.getByLabel('Somebody else, by e-mail address').fill(email);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }
  await page.waitForURL((url) => url.pathname.startsWith('/console') && !url.pathname.startsWith('/console/sign'));
}

const RUN_AXE =
  'axe.run().then(({ violations }) => violations.map(({ id, help, nodes }) => id + ": " + help + " " + nodes.map((one) => one.html).slice(0, 3).join(" ")))';

/** The page lets no script in: axe comes from outside. */
async function withAxe<T>(page: Page, use: (faults: () => Promise<readonly string[]>) => Promise<T>): Promise<T> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setBypassCSP', { enabled: true });
  await page.reload();
  await page.addScriptTag({ path: axe });
  const result = await use(() => page.evaluate<readonly string[]>(RUN_AXE));
  await session.send('Page.setBypassCSP', { enabled: false });
  await session.detach();
  return result;
}

/** What makes a page hard for people who do not see it, or not well (axe). */
export function faultsOf(page: Page): Promise<readonly string[]> {
  return withAxe(page, (faults) => faults());
}

/** Faults by night on a phone and by day on a desk, which are all the colours and both layouts; and what does not fit the width. */
export function faultsEverywhere(page: Page): Promise<readonly string[]> {
  return withAxe(page, async (faults) => {
    const found: string[] = [];
    for (const [width, colorScheme] of [
      [375, 'dark'],
      [1280, 'light'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      found.push(...(await faults()).map((fault) => `${width} ${colorScheme}: ${fault}`));
      if (!(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth'))) {
        found.push(`${width}: the page is wider than the window`);
      }
    }
    return found;
  });
}

/** Kept by the test run (test/e2e/screenshots). */
export async function shot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
}
