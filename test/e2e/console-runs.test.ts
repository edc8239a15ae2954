import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsEverywhere, faultsOf, shot, signIn, startBrowser, withoutBrowser } from '#test/support/browser';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme, aSale } from '#test/support/programme';

/** A run is computed and paid in seconds; a busy machine takes longer. */
const PATIENCE_MS = 60_000;

let stack: SharedStack;
let browser: BrowserContext;
let page: Page;
let desk: string;

/** The same browser in the hands of somebody else. */
async function as(who: string, path: string): Promise<void> {
  await browser.clearCookies();
  await signIn(page, stack.endpoints, who, path);
}
const approvers = (): readonly string[] =>
  stack.endpoints.people.filter(({ role }) => role === 'approver').map(({ email }) => email);
const text = async (): Promise<string> => page.locator('main').innerText();

describe.skipIf(withoutBrowser)('the finance desk in a browser (needs Chromium: apt-get install chromium)', () => {
  beforeAll(async () => {
    stack = await sharedLocalStack();
    const programId = await aProgramme(stack.as('admin'), { name: 'Desk programme' });
    desk = `/programs/${programId}`;
    const returned = { rail: 'sandbox', name: 'Partner p2', behaviour: 'return' };
    await aPartner(stack.as('partner_manager'), programId, 'p1');
    await aPartner(stack.as('partner_manager'), programId, 'p2', { payee: returned });
    await aPartner(stack.as('partner_manager'), programId, 'p3', { payee: { ...returned, behaviour: 'settle' } });
    for (const id of ['p1', 'p2', 'p3']) {
      await aSale(stack.as('merchant_key'), programId, `of-${id}`, 10_000, { partnerId: id });
    }
    browser = await startBrowser();
    page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
  });
  afterAll(async () => {
    await browser?.close();
  });

  it('closes a month after saying what that does, and shows the review once it is computed', async () => {
    await as('finance', `${desk}/runs`);
    expect(await text()).toContain('January 2026 is due');
    await page.getByRole('link', { name: 'Close January 2026' }).click();
    expect(await text()).toContain('You open the run, so you cannot be one of them.');
    await shot(page, 'run-close');
    await page.getByRole('button', { name: 'Close January 2026 and compute' }).click();
    await page.getByText('An approval pays £45.00 to 3 partners for January 2026.').waitFor();
    expect(await text()).toContain('You cannot approve this run');
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    expect(await faultsEverywhere(page)).toEqual([]);
    await shot(page, 'run-review');
  });

  it('finds a partner of the run by name, and opens a line of its statement to its calculation', async () => {
    await page.goto(`${stack.endpoints.consoleUrl}${desk}/runs/2026-01.1/partners?q=p2&sort=due`);
    expect(await page.locator('tbody tr').count()).toBe(1);
    await page.getByRole('link', { name: 'Partner p2', exact: true }).click();
    await page.getByRole('link', { name: 'Statement, line by line' }).click();
    await page.locator('details.line summary').first().click();
    await page.locator('.calculation-summary').waitFor();
    expect(await text()).toContain('£100.00 × 10% = £10.00');
    await shot(page, 'statement-line');
    expect(await faultsOf(page)).toEqual([]);
  });

  it('takes the first approval without script, with a partner held back, and no second one of the same person', async () => {
    const session = await browser.newCDPSession(page);
    await as(approvers()[0] ?? '', `${desk}/runs/2026-01.1/partners`);
    await session.send('Emulation.setScriptExecutionDisabled', { value: true });
    await page.getByRole('link', { name: 'Hold back Partner p3' }).click();
    await page.getByRole('link', { name: 'Go to the decision' }).click();
    expect(await text()).toContain('You approve paying £30.00 to 2 partners for January 2026; 1 is held back.');
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    expect(await text()).toContain('This must be ticked to approve.');
    expect(await text()).toContain('£30.00 to 2 partners');
    await shot(page, 'run-decide');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    expect(await text()).toContain('Your approval is kept. One more person must approve.');
    await page.goto(`${stack.endpoints.consoleUrl}${desk}/runs/2026-01.1/decide`);
    expect(await text()).toContain('Your decision stands');
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await session.send('Emulation.setScriptExecutionDisabled', { value: false });
    await session.detach();
  });

  it('decides nothing by a hash that is not on the record any more, and says what differs', async () => {
    await as(approvers()[1] ?? '', `${desk}/runs/2026-01.1/decide`);
    expect(await faultsEverywhere(page)).toEqual([]);
    await page.locator('details.reject summary').click();
    await page.getByLabel('Why you reject it').fill('The amounts look wrong.');
    // As a page that was left open since an earlier content would send it.
    await page.evaluate(
      "for (const field of document.querySelectorAll('input[name=contentHash]')) field.value = '0'.repeat(64)",
    );
    await page.getByRole('button', { name: 'Reject the run' }).click();
    await page.getByText('The run is not what was on your screen. Nothing was decided.').waitFor();
    expect(await page.getByLabel('Why you reject it').inputValue()).toBe('The amounts look wrong.');
    await shot(page, 'run-changed');
  });

  it('takes the second approval, pays while one looks on, and hands out the bank file', async () => {
    await page.goto(`${stack.endpoints.consoleUrl}${desk}/runs/2026-01.1/decide`);
    expect(await text()).toContain('Partner p3 is held back');
    await page.getByLabel(/^I compared the words with/).check();
    await page.getByRole('button', { name: 'Approve and pay' }).click();
    await page.getByText(/January 2026 is paid|Some payouts need a look/).waitFor();
    await as('finance', `${desk}/runs/2026-01.1`);
    await shot(page, 'run-paid');
    expect(await faultsOf(page)).toEqual([]);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download' }).first().click(),
    ]);
    const xml = readFileSync(await file.path(), 'utf8');
    expect(xml).toContain('<CtrlSum>15.00</CtrlSum>');
    expect(xml).toContain('Partner p1');
  });

  it('tells what became of a payout, and takes what a person says became of another for somebody else to confirm', async () => {
    await page.goto(`${stack.endpoints.consoleUrl}${desk}/payouts?status=submitted`);
    await page.getByRole('link', { name: 'Partner p1' }).click();
    await page.getByText('I have evidence').click();
    await page.getByLabel('It came back', { exact: false }).check();
    await page.getByLabel('By what the evidence is found again').fill('Account statement 2026-02-03, entry 17');
    await page.getByLabel('What it shows').fill('The bank sent it back: account closed.');
    await page.getByRole('button', { name: 'Propose' }).click();
    await page.getByText('You proposed this, so somebody else must decide.').waitFor();
    expect(await faultsEverywhere(page)).toEqual([]);
    await shot(page, 'payout');
    await as(approvers()[0] ?? '', `${desk}/payouts`);
    await page.getByRole('link', { name: 'Partner p1, £15.00' }).click();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('Confirmed, and booked.').waitFor();
    expect(await text()).toContain('Sent back');
  });
});
