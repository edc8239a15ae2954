import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { faultsEverywhere, faultsOf, shot, signIn, startBrowser, withoutBrowser } from '#test/support/browser';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme } from '#test/support/programme';

const HOUR_SECONDS = 3_600;
const NEW_IBAN = 'FR1420041010050500013M02606';

let stack: SharedStack;
let browser: BrowserContext;
let page: Page;
let programId: string;
let email: string;

// With CI=true a missing browser fails in the set-up instead of being skipped.
describe.skipIf(withoutBrowser)('signing in to the console (needs Chromium: apt-get install chromium)', () => {
  beforeAll(async () => {
    stack = await sharedLocalStack();
    browser = await startBrowser();
    programId = await aProgramme(stack.as('admin'), { name: 'Sign-in shop' });
    email = `anna@${programId}.example`;
    await aPartner(stack.as('partner_manager'), programId, 'anna', { name: 'Anna Agency', email });
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    await browser.clearCookies();
    page = await browser.newPage();
  });

  const payeePath = (): string => `/programs/${programId}/partners/anna/payee?rail=bank_file`;
  const heading = (): Promise<string> => page.getByRole('heading', { level: 1 }).innerText();

  it('takes one click for a person of the demo, on a page that everybody can use', async () => {
    await page.goto(`${stack.endpoints.consoleUrl}`);
    expect(await heading()).toBe('Who are you today?');
    expect(await faultsEverywhere(page)).toEqual([]);
    await shot(page, 'sign-in');
    await page.getByRole('button', { name: /Finance/ }).click();
    await page.waitForURL((url) => url.pathname.startsWith('/console') && !url.pathname.startsWith('/console/sign'));
    expect(page.url().startsWith(stack.endpoints.consoleUrl)).toBe(true);
    const [session] = (await browser.cookies()).filter(({ name }) => name === 'ts_session');
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    expect(await page.evaluate('document.cookie')).not.toContain('ts_session');
  });

  it('leads to the page that was asked for, and out again for good', async () => {
    await signIn(page, stack.endpoints, email, payeePath());
    expect(page.url()).toBe(`${stack.endpoints.consoleUrl}${payeePath()}`);
    await page.getByText(email).first().click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(/signed-out/);
    expect(await heading()).toBe('You are signed out');
    expect(await faultsOf(page)).toEqual([]);
    await shot(page, 'signed-out');
    await page.goBack();
    await page.goto(`${stack.endpoints.consoleUrl}${payeePath()}`);
    expect(await heading()).toBe('Who are you today?');
  });

  it('says to somebody without a role which address that is and whom to ask', async () => {
    await signIn(page, stack.endpoints, 'nobody@elsewhere.example');
    expect(await heading()).toBe('No programme knows you yet');
    expect(await page.locator('main').innerText()).toContain('nobody@elsewhere.example');
    expect(await faultsOf(page)).toEqual([]);
    await shot(page, 'no-role');
  });

  it('loses nothing of a form whose session has ended, and says what to do', async () => {
    await signIn(page, stack.endpoints, email, payeePath());
    await page.getByLabel('IBAN').first().fill(NEW_IBAN);
    await browser.clearCookies();
    await page.getByRole('button', { name: 'Save these details' }).click();
    await page.getByRole('heading', { name: 'Your sign-in has ended' }).waitFor();
    expect(await page.locator('main').innerText()).toContain(NEW_IBAN);
    expect(await faultsOf(page).catch(() => [])).toEqual([]);
    await shot(page, 'session-ended');
  });

  it('asks for the proof again before bank details change, however long the person has been signed in', async () => {
    await signIn(page, stack.endpoints, email, payeePath());
    await growOlder();
    await browser.clearCookies({ name: 'ts_session' });
    // The sign-in service asks nothing: it knows the person, from an hour ago.
    await page.goto(`${stack.endpoints.consoleUrl}${payeePath()}`);
    expect(page.url()).toBe(`${stack.endpoints.consoleUrl}${payeePath()}`);
    await page.getByLabel('IBAN').first().fill(NEW_IBAN);
    await page.getByRole('button', { name: 'Save these details' }).click();
    const again = page.locator('a[href*="fresh=1"]').first();
    await again.waitFor();
    await shot(page, 'fresh-sign-in');
    const [tab] = await Promise.all([browser.waitForEvent('page'), again.click()]);
    await tab.getByRole('heading', { name: 'Sign in again' }).waitFor();
    await shot(tab, 'sign-in-again');
    await tab.locator(`button[name="email"][value="${email}"]`).click();
    await tab.getByRole('heading', { name: 'You are signed in again' }).waitFor();
    await tab.close();
    const submit = page.getByRole('button', { name: 'Save these details' });
    await submit.click();
    await page.getByText('You signed in again since this page was opened').waitFor();
    await submit.click();
    await page.getByText('2606').first().waitFor();
    expect(await page.locator('a[href*="fresh=1"]').count()).toBe(0);
  });

  it('says what is wrong with a link of a sign-in that was used, and how to go on', async () => {
    const { apiUrl } = stack.endpoints;
    const response = await page.goto(`${apiUrl}/console/signed-in?code=used&state=${'x'.repeat(43)}`);
    expect(response?.status()).toBe(400);
    expect(await heading()).toBe('This sign-in cannot be finished');
    await shot(page, 'used-sign-in');
    await page.getByRole('link', { name: 'Sign in' }).click();
    expect(await heading()).toBe('Who are you today?');
  });
});

/** Every sign-in at the local provider becomes an hour older. */
async function growOlder(): Promise<void> {
  const store = new DatabaseSync(join(stack.dataDir, 'host.sqlite'));
  store.exec('PRAGMA busy_timeout = 5000');
  store
    .prepare(
      "UPDATE identity_state SET payload = json_set(payload, '$.loginTs', json_extract(payload, '$.loginTs') - ?) WHERE model = 'Session'",
    )
    .run(HOUR_SECONDS);
  store.close();
}
