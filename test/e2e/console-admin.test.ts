import { createServer, type Server } from 'node:http';
import type { BrowserContext, Page } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeApiClient } from '#infra/api-client';
import { faultsEverywhere, shot, signIn, startBrowser, withoutBrowser } from '#test/support/browser';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aProgramme } from '#test/support/programme';

type Received = { readonly body: string; readonly headers: Record<string, string> };

let stack: SharedStack;
let programId: string;
let browser: BrowserContext;
let page: Page;
let receiver: Server;
const received: Received[] = [];

const to = (path: string): Promise<unknown> =>
  page.goto(new URL(`/console/programs/${programId}${path}`, stack.endpoints.apiUrl).href);
const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
const text = (): Promise<string> => page.locator('main').innerText();
const isAt = (path: string): Promise<void> => page.waitForURL((url) => url.pathname.endsWith(path));

describe.skipIf(withoutBrowser)('an admin in a browser (needs Chromium: apt-get install chromium)', () => {
  beforeAll(async () => {
    stack = await sharedLocalStack();
    programId = await aProgramme(stack.as('admin'), { name: 'Corner shop' });
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += String(chunk);
      });
      request.on('end', () => {
        received.push({ body, headers: request.headers as Record<string, string> });
        response.end();
      });
    });
    await new Promise((resolve) => receiver.listen(stack.webhookPort, '127.0.0.1', () => resolve(undefined)));
    browser = await startBrowser();
    page = await browser.newPage();
    await signIn(page, stack.endpoints, 'admin', `/programs/${programId}/people`);
  });
  afterAll(async () => {
    await browser?.close();
    receiver?.close();
  });

  it('gives somebody a role, changes it and takes it away, and loses nothing that was typed on the way', async () => {
    await isAt('/people');
    const email = `nora.${programId}@shop.example`;
    await page.getByLabel('Name').fill('Nora Lind');
    await page.getByLabel('E-mail address').fill('nora at shop');
    await page.getByLabel('Approver').check();
    await press('Give these roles');
    expect(await page.getByLabel('Name').inputValue()).toBe('Nora Lind');
    expect(await page.getByLabel('Approver').isChecked()).toBe(true);
    expect(await page.getByLabel('E-mail address').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('E-mail address').fill(email);
    await press('Give these roles');
    await page.getByRole('link', { name: 'Nora Lind' }).waitFor();
    expect(await text()).toContain('Amina Haddad');
    await shot(page, 'admin-people');
    expect(await faultsEverywhere(page)).toEqual([]);

    await page.getByRole('link', { name: 'Nora Lind' }).click();
    await page.getByLabel('Finance').check();
    await press('Save the roles');
    await isAt('/people');
    expect(await page.getByRole('row', { name: /Nora Lind/ }).innerText()).toContain('Finance');
    await page.getByRole('link', { name: 'Who is told' }).click();
    expect(await page.getByRole('row', { name: /Nora Lind/ }).innerText()).toContain('Finance and Approver');
    await shot(page, 'admin-told');

    await to('/people');
    await page.getByRole('link', { name: 'Nora Lind' }).click();
    await press('Remove from this programme');
    expect(await text()).toContain('must be ticked');
    await page.getByLabel('Yes, end all roles').check();
    await press('Remove from this programme');
    await isAt('/people');
    expect(await page.getByRole('link', { name: 'Nora Lind' }).count()).toBe(0);
  });

  it('makes a key that is shown once and works, and revokes it after saying what that means', async () => {
    await to('/api-keys');
    await page.getByLabel('Name').fill(`Shop ${programId}`);
    await press('Make the key');
    const key = await page.getByLabel('API key').inputValue();
    expect(key).toMatch(/^tsk_/);
    expect(await page.getByRole('button', { name: 'Copy' }).isVisible()).toBe(true);
    await shot(page, 'admin-key-once');
    expect(await makeApiClient(stack.endpoints.apiUrl, key).get('/v1/me')).toMatchObject({
      grants: [{ programId, role: 'merchant' }],
    });
    await page.getByRole('link', { name: 'I have copied it' }).click();
    expect(await page.content()).not.toContain(key);
    expect(await page.getByRole('row', { name: new RegExp(programId) }).innerText()).toContain('Amina Haddad');
    expect(await faultsEverywhere(page)).toEqual([]);
    await page.getByRole('link', { name: `Revoke Shop ${programId}` }).click();
    expect(await text()).toContain('refused within half a minute');
    await press('Revoke the key');
    await isAt('/api-keys');
    expect(await page.getByRole('row', { name: new RegExp(programId) }).innerText()).toContain('Revoked');
  });

  it('adds a webhook endpoint, tries it, and reads in its log what was sent', async () => {
    await to('/webhooks');
    await page.getByRole('link', { name: 'Add an endpoint' }).click();
    await page.getByLabel('Address').fill('https://10.0.0.1/hooks');
    await page.getByLabel('Only what is ticked below').check();
    await press('Add the endpoint');
    expect(await text()).toContain('at least one event');
    await page.getByLabel('A payout arrived').check();
    await press('Add the endpoint');
    expect(await page.getByLabel('Address').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('A payout arrived').isChecked()).toBe(true);
    await page.getByLabel('Address').fill(`http://127.0.0.1:${stack.webhookPort}/hooks`);
    await press('Add the endpoint');
    const secret = await page.getByLabel('Signing secret').inputValue();
    await page.getByRole('link', { name: 'I have copied it' }).click();
    await shot(page, 'admin-webhook');
    expect(await faultsEverywhere(page)).toEqual([]);

    await press('Send a test');
    await page.waitForURL(/deliveries/);
    expect(await text()).toContain('Answered 200');
    const [message] = received;
    expect(new Webhook(secret).verify(message?.body ?? '', message?.headers ?? {})).toMatchObject({
      type: 'webhook.test',
    });
    await press('Send again');
    await page.getByText('It was sent again').waitFor();
    expect(received).toHaveLength(2);
    await shot(page, 'admin-delivery');
    expect(await faultsEverywhere(page)).toEqual([]);

    await page.getByRole('link', { name: 'Endpoint' }).click();
    await page.getByRole('link', { name: 'Change' }).click();
    await press('Switch off');
    await page.getByText('The endpoint is off.').waitFor();
    expect(await text()).toContain('payout.paid');
  });

  it('changes a setting, is told at the field what is wrong, and sees who changed it', async () => {
    await to('/settings/attribution');
    await page.getByLabel('How old a click').fill('500');
    await press('Save');
    expect(await page.getByLabel('How old a click').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('How old a click').inputValue()).toBe('500');
    await page.getByLabel('How old a click').fill('30');
    await press('Save');
    await isAt('/settings');
    const row = page.getByRole('row', { name: /How old a click/ });
    expect(await row.innerText()).toContain('30 days');
    expect(await row.innerText()).toContain('Amina Haddad');
    await shot(page, 'admin-settings');
    expect(await faultsEverywhere(page)).toEqual([]);
    await to('/settings/approvals');
    await page.getByLabel('More than').first().fill('10000.50');
    await page.getByLabel('People who must approve').nth(1).fill('3');
    await press('Save');
    await isAt('/settings');
    expect(await text()).toContain('3 above £10,000.50');
    await to('/settings/history');
    expect(await text()).toContain('90 days');
    await shot(page, 'admin-settings-history');
    expect(await faultsEverywhere(page)).toEqual([]);
  });
});
