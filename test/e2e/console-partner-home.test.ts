import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsEverywhere, shot, signIn, startBrowser, withoutBrowser } from '#test/support/browser';
import { eventually } from '#test/support/eventually';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme, aSale, reviewedRun } from '#test/support/programme';

type Amounts = Readonly<Record<'earnedMinor' | 'clawbackMinor' | 'payableMinor' | 'closingBalanceMinor', number>>;
type Month = {
  period: string;
  state: string;
  statements: (Amounts & { ways: { amountMinor: number; sentence: string }[] })[];
  earlier: { period: string; statements: Amounts[] }[];
};
type Funnel = { totals: Record<string, number>; days: unknown[]; commission: unknown[] };

const NOW = new Date();
const THIS_MONTH = NOW.toISOString().slice(0, 7);
const LAST_MONTH = new Date(Date.UTC(NOW.getUTCFullYear(), NOW.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
/** Surely of this month, and over. */
const JUST_NOW = new Date(Math.max(NOW.getTime() - 60_000, Date.parse(`${THIS_MONTH}-01T00:00:00Z`))).toISOString();
const six = ({ earnedMinor, clawbackMinor, payableMinor, closingBalanceMinor }: Amounts) => ({
  earnedMinor,
  clawbackMinor,
  payableMinor,
  closingBalanceMinor,
});

let stack: SharedStack;

describe('the month so far over HTTP', () => {
  it('is what the statement of its close then says, and only its own partner and staff read it', async () => {
    stack = await sharedLocalStack();
    const programId = await aProgramme(stack.as('admin'), { booksOpenFrom: LAST_MONTH, minimumPayoutMinor: 5_000 });
    for (const partnerId of ['anna', 'bert']) {
      const own = partnerId === 'bert' ? { email: emailOfPartner() } : {};
      await aPartner(stack.as('partner_manager'), programId, partnerId, {
        startsAt: `${LAST_MONTH}-01T00:00:00Z`,
        ...own,
      });
    }
    const api = stack.as('merchant_key');
    const of = (partnerId: string, occurredAt: string) => ({ partnerId, occurredAt, customerId: `of-${occurredAt}` });
    await aSale(api, programId, 'o1', 10_000, of('anna', `${LAST_MONTH}-10T09:00:00Z`));
    await aSale(api, programId, 'o2', 3_333, of('anna', `${LAST_MONTH}-11T09:00:00Z`));
    await aSale(api, programId, 'o3', 7_000, of('anna', JUST_NOW));
    const finance = stack.as('finance');
    const monthOf = (partnerId: string, query = ''): Promise<Month> =>
      finance.get(`/v1/programs/${programId}/partners/${partnerId}/month-so-far${query}`);
    const last = await monthOf('anna', `?period=${LAST_MONTH}`);
    const now = await monthOf('anna');
    expect(now.statements[0]?.ways.map(({ sentence }) => sentence)).toEqual([
      '10 % of 70.00 GBP from 1 sale (tier referral).',
      'A fixed amount for the first purchase of a customer, 1 sale.',
    ]);
    expect(now.earlier).toMatchObject([{ period: LAST_MONTH, statements: last.statements.map(six) }]);
    const funnel = await finance.get<Funnel>(`/v1/programs/${programId}/partners/anna/funnel`);
    expect(funnel.totals).toMatchObject({ clicks: 0, redemptions: 0, conversions: 1 });
    expect(funnel.commission).toEqual([
      { period: LAST_MONTH, currency: 'GBP', earnedMinor: 2_333, estimate: true },
      { period: THIS_MONTH, currency: 'GBP', earnedMinor: 1_200, estimate: true },
    ]);
    await expect(stack.as('partner').get(`/v1/programs/${programId}/partners/anna/month-so-far`)).rejects.toMatchObject(
      { status: 404 },
    );
    expect(await stack.as('partner').get(`/v1/programs/${programId}/partners/bert/month-so-far`)).toBeDefined();

    await reviewedRun(stack, programId, LAST_MONTH);
    const { items } = await finance.get<{ items: Amounts[] }>(
      `/v1/programs/${programId}/statements?period=${LAST_MONTH}&partnerId=anna`,
    );
    expect(items.map(six)).toEqual(last.statements.map(six));
    const closing = await monthOf('anna', `?period=${LAST_MONTH}`);
    expect([closing.state, closing.statements.map(six)]).toEqual(['closing', last.statements.map(six)]);
    expect((await monthOf('anna')).statements.map(six)).toEqual(now.statements.map(six));
  });
});

describe.skipIf(withoutBrowser)('a partner in a browser (needs Chromium: apt-get install chromium)', () => {
  let programId: string;
  let browser: BrowserContext;
  let page: Page;
  const base = (): string => `/console/programs/${programId}/partners/mira`;
  const to = (path: string): Promise<unknown> => page.goto(new URL(base() + path, stack.endpoints.apiUrl).href);
  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const text = (): Promise<string> => page.locator('main').innerText();

  beforeAll(async () => {
    stack = await sharedLocalStack();
    programId = await aProgramme(stack.as('admin'), {
      name: 'Lamp shop',
      booksOpenFrom: THIS_MONTH,
      tracking: { destinationHosts: ['shop.example'] },
    });
    await aPartner(stack.as('partner_manager'), programId, 'mira', {
      name: 'Mira Studio',
      // An address of its own: whom the stack knows already, it remembers for half a minute without this programme.
      email: `mira@${programId}.example`,
      startsAt: `${THIS_MONTH}-01T00:00:00Z`,
      payee: undefined,
    });
    browser = await startBrowser();
    page = await browser.newPage();
    await signIn(page, stack.endpoints, `mira@${programId}.example`, `/programs/${programId}/partners/mira/home`);
  });
  afterAll(() => browser?.close());

  it('begins with three steps, and makes a link that keeps what was typed when something is wrong', async () => {
    await page.getByRole('heading', { name: 'Your first three steps' }).waitFor();
    await page.getByRole('heading', { name: /Your tier: Referral/ }).waitFor();
    await shot(page, 'partner-home-new');
    expect(await faultsEverywhere(page)).toEqual([]);
    await page.getByRole('link', { name: 'Make a link' }).click();
    await page.getByLabel('Where it leads').fill('https://elsewhere.example/lamps');
    await page.getByLabel('How it ends').fill(`lamps-${programId.slice(-8)}`);
    await press('Make the link');
    expect(await page.getByLabel('Where it leads').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('How it ends').inputValue()).toContain('lamps-');
    await page.getByLabel('Where it leads').fill('https://shop.example/lamps');
    await press('Make the link');
    await page.getByRole('heading', { name: 'Share it' }).waitFor();
    // The page's policy lets nothing be evaluated while waiting.
    await eventually(async () => {
      const width = 'document.querySelector("img.qr-code")?.naturalWidth ?? 0';
      expect(await page.evaluate<number>(width)).toBeGreaterThan(100);
    });
    await shot(page, 'partner-link');
    expect(await faultsEverywhere(page)).toEqual([]);
  });

  it('tells places apart by sub-ids, sees clicks by day, and pauses the link', async () => {
    const slug = `lamps-${programId.slice(-8)}`;
    await to(`/links/${slug}`);
    await page.getByText('Tell places apart with sub-ids').click();
    await page.getByLabel('Sub-id 1').fill('mail');
    await press('Show the link with them');
    const shared = (await page.locator('.share-url').innerText()).trim();
    expect(shared).toContain(`/r/${slug}?sub1=mail`);
    await fetch(shared, { redirect: 'manual', headers: { 'user-agent': 'Mozilla/5.0 Firefox/140.0' } });
    await eventually(async () => {
      await to(`/links/${slug}?by=sub1`);
      expect(await page.getByRole('row', { name: /mail 1 1/ }).count()).toBe(1);
    });
    await press('Pause it');
    await page.getByText('The link is paused within a minute.').waitFor();
    expect(await text()).toContain('state: active to paused');
    await press('Resume it');
    await page.getByText('The link is followed again within a minute.').waitFor();
  });

  it('sees what the month comes to, how it follows, and where it came from', async () => {
    await aSale(stack.as('merchant_key'), programId, 'first', 12_000, { partnerId: 'mira', occurredAt: JUST_NOW });
    await to('/home');
    const month = page.locator('#month-so-far');
    expect(await month.innerText()).toContain('\u00a317.00');
    await month.getByText('How this is computed').click();
    expect(await month.innerText()).toMatch(/10% of \u00a3120\.00\s+tier referral/);
    expect(await page.locator('.funnel').innerText()).toMatch(/clicks\s+1[\s\S]*sales\s+1[\s\S]*\u00a317\.00/i);
    await shot(page, 'partner-home');
    expect(await faultsEverywhere(page)).toEqual([]);
    await to('/inbox');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Inbox');
    expect(await faultsEverywhere(page)).toEqual([]);
  });

  it('finds the code that a partner manager makes for it, and that it was disabled', async () => {
    const manager = await startBrowser();
    try {
      const other = await manager.newPage();
      await signIn(other, stack.endpoints, 'partner_manager', `/programs/${programId}/partners/mira/codes`);
      const code = `LAMP${programId.slice(-6)}`.toUpperCase();
      await other.getByLabel('The code').first().fill(code);
      await other.getByLabel('Rate in per cent').fill('ten');
      await other.getByRole('button', { name: 'Make the code' }).click();
      expect(await other.getByLabel('Rate in per cent').getAttribute('aria-invalid')).toBe('true');
      await other.getByLabel('Rate in per cent').fill('10');
      await other.getByRole('button', { name: 'Make the code' }).click();
      await other.getByRole('heading', { name: 'How often it was used' }).waitFor();
      await to('/codes');
      expect(await page.getByRole('row', { name: new RegExp(code) }).innerText()).toMatch(/10% off\s+active/);
      expect(await page.getByRole('button', { name: 'Make the code' }).count()).toBe(0);
      await other.getByRole('button', { name: 'Disable it' }).click();
      await other.getByText('The code is disabled.').waitFor();
      await shot(other, 'manager-code');
      expect(await faultsEverywhere(other)).toEqual([]);
      await page.reload();
      expect(await page.getByRole('row', { name: new RegExp(code) }).innerText()).toContain('disabled');
      await shot(page, 'partner-codes');
      expect(await faultsEverywhere(page)).toEqual([]);
    } finally {
      await manager.close();
    }
  });
});

function emailOfPartner(): string | undefined {
  return stack.endpoints.people.find(({ role }) => role === 'partner')?.email;
}
