import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsEverywhere, faultsOf, shot, signIn, startBrowser, withoutBrowser } from '#test/support/browser';
import { eventually } from '#test/support/eventually';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme, aSale, closePeriod } from '#test/support/programme';

const SANDBOX = { rail: 'sandbox', name: 'Sandbox', behaviour: 'settle' };

type Account = { account: string; currency: string; balanceMinor: number };
type Entry = { entryId: string; kind: string; postings: { account: string; amountMinor: number }[] };

let stack: SharedStack;
let browser: BrowserContext;
let page: Page;
let programId: string;
let books: string;

/** A link within the page itself, whatever the navigation has. */
const inPage = (name: string | RegExp) => page.locator('main').getByRole('link', { name }).first();

describe.skipIf(withoutBrowser)('the books in the console (needs Chromium: apt-get install chromium)', () => {
  beforeAll(async () => {
    stack = await sharedLocalStack();
    programId = await aProgramme(stack.as('admin'), {
      name: 'Books and proof',
      payouts: { payeeCooldownHours: 0 },
      controls: { adjustmentLimitMinor: 1_000 },
    });
    const manager = stack.as('partner_manager');
    await aPartner(manager, programId, 'anna', { name: 'Anna Agency', payee: SANDBOX });
    await aPartner(manager, programId, 'bert', { name: 'Bert Blog', payee: SANDBOX });
    await aSale(stack.as('admin'), programId, 'o1', 100_000, { partnerId: 'anna' });
    await aSale(stack.as('admin'), programId, 'o2', 40_000, { partnerId: 'bert' });
    await closePeriod(stack, programId, '2026-01');
    books = `/programs/${programId}`;
    browser = await startBrowser();
    page = browser.pages()[0] ?? (await browser.newPage());
    await signIn(page, stack.endpoints, 'finance', `${books}/journal`);
  });
  afterAll(() => browser?.close());
  const open = (path: string) => page.goto(`${stack.endpoints.consoleUrl}${books}${path}`);
  const api = <T>(path: string): Promise<T> => stack.as('finance').get<T>(`/v1/programs/${programId}${path}`);

  it('shows the journal, and each entry with where it comes from', async () => {
    const posted = await eventually(async () => {
      const { items } = await api<{ items: Entry[] }>('/ledger/entries?kind=settlement');
      expect(items).toHaveLength(2);
      return items;
    });
    expect(posted.every(({ postings }) => postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0) === 0)).toBe(
      true,
    );
    await open('/journal?kind=statement');
    expect(await page.locator('main tbody tr').count()).toBe(2);
    await shot(page, 'books-journal');
    expect(await faultsEverywhere(page)).toEqual([]);
    await inPage('Statement posted').click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Statement posted');
    await shot(page, 'books-journal-entry');
    expect(await faultsOf(page)).toEqual([]);
    await inPage(/^2026-01\.1~/).click();
    expect(page.url()).toContain('/statements/');
  });

  it('adds every account up to zero, now and before anything was posted', async () => {
    const { accounts } = await api<{ accounts: Account[] }>('/ledger/accounts');
    expect(accounts.reduce((sum, { balanceMinor }) => sum + balanceMinor, 0)).toBe(0);
    const { balances } = await api<{ balances: { payableMinor: number }[] }>('/partners/anna/balance');
    const all = await api<{ items: { partnerId: string; balances: { payableMinor: number }[] }[] }>('/balances');
    expect(all.items.map(({ partnerId, balances: own }) => [partnerId, own[0]?.payableMinor])).toEqual([
      ['anna', balances[0]?.payableMinor],
      ['bert', 0],
    ]);
    await open('/balances');
    await expect(page.locator('main tbody tr').count()).resolves.toBe(accounts.length);
    await shot(page, 'books-balances');
    expect(await faultsEverywhere(page)).toEqual([]);
    await page.getByLabel('At the end of').fill('2025-12-31');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await page.locator('main').textContent()).toContain('Nothing was posted by then');
    for (const [path, text] of [
      ['/balances/partners', 'Anna Agency'],
      ['/balances/owing', 'Nobody owes anything'],
      ['/liability', 'Posted, not sent'],
      ['/exports', 'Download as CSV'],
      ['/bank-reports/entries', 'Nothing is left to match'],
    ] as const) {
      await open(path);
      await page.locator('main').getByText(text).first().waitFor();
    }
  });

  it('proposes an adjustment above the limit, says what is wrong at its field, and lets another person decide', async () => {
    await open('/adjustments/new?partnerId=anna');
    await page.getByLabel('Amount').fill('twelve');
    await page.getByLabel('Reason').fill('Goodwill for a late answer');
    await page.getByRole('button', { name: 'Record adjustment' }).click();
    expect(await page.locator('.invalid-feedback').textContent()).toContain('must be an amount in GBP');
    expect(await page.getByLabel('Reason').inputValue()).toBe('Goodwill for a late answer');
    await page.getByLabel('Amount').fill('12.34');
    await page.getByRole('button', { name: 'Record adjustment' }).click();
    await page.waitForURL(/adjustments\/(?!new)/);
    expect(await page.locator('main').textContent()).toContain('Somebody else decides');
    const address = new URL(page.url()).pathname.replace('/console', '');
    const second = await startBrowser();
    try {
      const other = second.pages()[0] ?? (await second.newPage());
      await signIn(other, stack.endpoints, 'approver', address);
      expect(await other.locator('main').textContent()).toContain('pays Anna Agency £12.34 more');
      await shot(other, 'books-adjustment');
      expect(await faultsOf(other)).toEqual([]);
      await other.getByRole('button', { name: 'Approve +£12.34' }).click();
      await other.getByText('Approved: it counts').waitFor();
    } finally {
      await second.close();
    }
  });

  it('verifies the trail and a month, and names who did', async () => {
    await open('/audit/verifications');
    await page.getByLabel('Compute a month again, too').selectOption('2026-01');
    await page.getByRole('button', { name: 'Verify', exact: true }).click();
    await page.getByText('Everything that was checked holds').first().waitFor();
    expect(await page.locator('main').textContent()).toContain('2 statements');
    await shot(page, 'books-verification');
    expect(await faultsEverywhere(page)).toEqual([]);
    await open('/audit?kind=run.decided');
    expect(await page.locator('main tbody tr').count()).toBe(2);
    await shot(page, 'books-audit');
    expect(await faultsOf(page)).toEqual([]);
    await inPage('Payout run decided').click();
    expect(await page.locator('main').textContent()).toContain('contentHash');
  });

  it('takes a bank report that is none with what to do, and keeps the page', async () => {
    await open('/bank-reports');
    await page
      .getByLabel('File of the bank')
      .setInputFiles({ name: 'x.xml', mimeType: 'text/xml', buffer: Buffer.from('<nothing/>') });
    await page.getByRole('button', { name: 'Send in' }).click();
    await page.getByText('Nothing was changed').waitFor();
    await shot(page, 'books-bank-reports');
    expect(await faultsOf(page)).toEqual([]);
  });
});
