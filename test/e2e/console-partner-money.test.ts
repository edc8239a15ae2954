import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsEverywhere, shot, signIn, startBrowser, withoutBrowser } from '#test/support/browser';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme, aSale, closePeriod } from '#test/support/programme';

let stack: SharedStack;
let browser: BrowserContext;
let page: Page;
let programId: string;
let home: string;

const main = (): Promise<string> => page.locator('main').innerText();
const open = async (path: string): Promise<void> => {
  await page.goto(`${stack.endpoints.consoleUrl}${home}${path}`);
};

// With CI=true a missing browser fails in the set-up instead of being skipped.
describe.skipIf(withoutBrowser)("a partner's money in the console (needs Chromium: apt-get install chromium)", () => {
  beforeAll(async () => {
    stack = await sharedLocalStack();
    const manager = stack.as('partner_manager');
    programId = await aProgramme(stack.as('admin'), { name: 'Money shop' });
    home = `/programs/${programId}/partners/mira`;
    await aPartner(manager, programId, 'mira', { name: 'Mira Makes', email: `mira@${programId}.example` });
    const merchant = stack.as('merchant_key');
    await aSale(merchant, programId, 'order-1', 19_999, { partnerId: 'mira', country: 'GB' });
    await aSale(merchant, programId, 'order-2', 5_000, { partnerId: 'mira' });
    await merchant.post(`/v1/programs/${programId}/refunds`, {
      refundId: 'back-1',
      orderId: 'order-2',
      occurredAt: '2026-01-20T12:00:00Z',
      amountMinor: 2_000,
      kind: 'refund',
    });
    await closePeriod(stack, programId, '2026-01');
    await manager.post(`/v1/programs/${programId}/partners/mira/agreements`, {
      startsAt: '2027-01-01T00:00:00Z',
      planVersion: 1,
      text: 'We share what your links bring.\n\nFor two years.',
    });
    browser = await startBrowser();
    page = await browser.newPage();
    await signIn(page, stack.endpoints, `mira@${programId}.example`, `${home}/conversions?period=2026-01`);
  });
  afterAll(() => browser?.close());

  it('lists the sales of a month with where each stands, and opens one to its calculation', async () => {
    expect(await page.locator('tbody tr').allInnerTexts()).toEqual([
      expect.stringMatching(/order-1.*15 Jan 2026.*Counts.*£199\.99/s),
      expect.stringMatching(/order-2.*Partly refunded.*£20\.00.*£50\.00/s),
    ]);
    expect(await faultsEverywhere(page)).toEqual([]);
    await shot(page, 'partner-sales');
    await page.getByRole('link', { name: 'order-1' }).click();
    // Ten per cent of 199.99, a half to the even digit, and the fee for a new customer.
    expect(await main()).toContain('£199.99 × 10% = £20.00, rounded');
    expect(await main()).toContain('£5.00');
    expect(await faultsEverywhere(page)).toEqual([]);
  });

  it('shows a statement line by line, each down to its calculation, and as files', async () => {
    await open('/statements');
    expect(await main()).toContain('SB-mira-0001');
    await page.getByRole('link', { name: 'January 2026 (GBP)' }).click();
    await expect(main()).resolves.toContain('£33.00');
    await page.locator('summary', { hasText: 'order-2' }).first().click();
    await page.getByText('How it was decided, step by step').first().waitFor();
    expect(await faultsEverywhere(page)).toEqual([]);
    await shot(page, 'partner-statement');
    const files = await Promise.all(
      ['PDF', 'CSV'].map(async (name) => {
        const href = await page.getByRole('link', { name, exact: true }).getAttribute('href');
        const answer = await page.request.get(new URL(href ?? '', page.url()).href);
        return (await answer.body()).subarray(0, 5).toString();
      }),
    );
    expect(files[0]).toBe('%PDF-');
    expect(files[1]).not.toBe('');
  });

  it('says what is owed and what became of each payment', async () => {
    await open('/payouts');
    expect(await main()).toContain('£33.00');
    await page.locator('tbody a').first().click();
    expect(await main()).toContain('What happened');
    expect(await faultsEverywhere(page)).toEqual([]);
    await shot(page, 'partner-payout');
  });

  it('changes where it is paid after showing the fault at its field, and rests the change', async () => {
    await open('/payee');
    await page.getByLabel('How to be paid').selectOption({ label: 'Bank account (IBAN)' });
    await page.getByLabel('IBAN').waitFor();
    await page.getByLabel('IBAN').fill('GB00 NOPE');
    await page.getByRole('button', { name: 'Save these details' }).click();
    expect(await page.getByLabel('IBAN').inputValue()).toBe('GB00 NOPE');
    expect(await main()).toContain('must be an IBAN');
    expect(await faultsEverywhere(page)).toEqual([]);
    await page.getByLabel('IBAN').fill('DE89 3704 0044 0532 0130 00');
    await page.getByRole('button', { name: 'Save these details' }).click();
    expect(await main()).toContain('The payment details are saved.');
    expect(await main()).toContain('IBAN ending in 3000');
    expect(await main()).not.toContain('DE89');
    await shot(page, 'partner-payee');
  });

  it('reads an offered agreement and accepts it once it says that it has read it', async () => {
    await open('/agreements');
    await page.getByRole('link', { name: 'Read it', exact: true }).click();
    expect(await main()).toContain('For two years.');
    expect(await faultsEverywhere(page)).toEqual([]);
    await page.getByRole('button', { name: 'Accept the agreement' }).click();
    expect(await main()).toContain('must be ticked');
    await page.getByLabel('I have read it, and may accept it for this partner').check();
    await page.getByRole('button', { name: 'Accept the agreement' }).click();
    expect(await main()).toContain('The agreement is accepted.');
    expect(await main()).toContain('Begins later');
    await shot(page, 'partner-agreement');
  });

  it('says who it is on its invoices, with a tax number whose check digits are looked at', async () => {
    await open('/billing');
    await page.getByLabel('Legal name').fill('Mira Makes Ltd');
    await page.getByLabel('Address').fill('1 High Street\nLondon N1 1AA');
    await page.getByLabel('Country', { exact: true }).fill('gb');
    await page.getByLabel('VAT or tax number').fill('GB123456789');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await main()).toContain('valid check digits');
    expect(await page.getByLabel('Address').inputValue()).toBe('1 High Street\nLondon N1 1AA');
    await page.getByLabel('VAT or tax number').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await main()).toContain('Invoices from now on show it');
    expect(await faultsEverywhere(page)).toEqual([]);
  });
});
