import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, ApiProblem } from '#infra/api-client';
import { digest } from '#shared/adapters/digest';
import { makeOutbox } from '#shared/adapters/dynamodb/partners/outbox';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import { makePreferences } from '#shared/adapters/dynamodb/partners/preferences';
import { makeStaffStore } from '#shared/adapters/dynamodb/partners/staff-people';
import { makeSalesBetween } from '#shared/adapters/dynamodb/referrals/sales/sales-between';
import { makeTemplates } from '#shared/adapters/mail-templates/render-notice';
import { timeZoneOf } from '#shared/adapters/time-zones';
import { makeFindRecipients } from '#shared/application/notifications/find-recipients';
import { makePlanDigests } from '#shared/application/notifications/plan-digests';
import type { Mail } from '#shared/application/notifications/ports';
import { makeSendDueMails } from '#shared/application/notifications/send-due-mails';
import { UNLIMITED } from '#shared/application/time-box';
import { acme } from '#test/support/builders/partners';
import { eventually } from '#test/support/eventually';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { asPartner } from '#test/support/partner-token';
import { aPartner, aProgramme, aSale } from '#test/support/programme';

const HOUR_MS = 3_600_000;
type Notice = { readonly noticeId: string; readonly kind: string; readonly readAt?: string };
type Inbox = { readonly items: readonly Notice[]; readonly unread?: number };

let stack: SharedStack;
let programId: string;
let mira: ApiClient;
let client: DynamoDBClient;
let documents: DynamoDBDocumentClient;
let tables: readonly string[];

beforeAll(async () => {
  stack = await sharedLocalStack();
  programId = await aProgramme(stack.as('admin'));
  await aPartner(stack.as('partner_manager'), programId, 'mira');
  mira = await asPartner(stack, `mira.${programId}@partners.example`);
  client = new DynamoDBClient({
    endpoint: stack.endpoints.dynamodbUrl,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  tables = (await client.send(new ListTablesCommand({}))).TableNames ?? [];
});
afterAll(() => client?.destroy());

const tableOf = (name: RegExp) => ({ documents, tableName: tables.find((one) => name.test(one)) ?? '' });
const at = (path: string): string => `/v1/programs/${programId}${path}`;
/** For methods that the client does not have. */
async function asAdmin(method: string, path: string, body?: unknown): Promise<unknown> {
  const token = stack.endpoints.people.find(({ role }) => role === 'admin')?.token ?? '';
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  return (await fetch(new URL(path, stack.endpoints.apiUrl), { method, headers, ...content })).json();
}
const mine = (): string => at('/partners/mira/notification-preferences');

/** The hourly call, when the clock shows a time, with a mailer that keeps what it is given. */
async function sendDue(nowMs: number): Promise<readonly Mail[]> {
  const sent: Mail[] = [];
  const table = tableOf(/partners/i);
  const partners = makePartnerStore(table);
  const contacts = { find: async () => undefined, approvers: async () => [] };
  const { renderNotice: render, renderDigest } = makeTemplates();
  const deps = {
    ...makeFindRecipients({ partners, staff: makeStaffStore(table), contacts, digest }),
    ...{ partners, render, renderDigest, preferences: makePreferences(table) },
    outbox: makeOutbox({ ...table, onUnreadable: (_, error) => expect.unreachable(String(error)) }),
    programs: { zone: timeZoneOf },
    suppressions: { isSuppressed: async () => false },
    unsubscribe: { linkOf: async () => undefined },
    mailer: {
      send: async (mail: Mail) => {
        sent.push(mail);
        return 'sent' as const;
      },
    },
    clock: () => nowMs,
    log: console,
    sales: makeSalesBetween(tableOf(/referrals/i)),
  };
  const program = acme({ programId, name: 'Test programme', holdDays: 0 });
  await makePlanDigests(deps)(program, nowMs);
  await makeSendDueMails(deps)(program, nowMs, UNLIMITED);
  return sent;
}

describe('how a partner is told', () => {
  it('is said by the partner, and money cannot be off', async () => {
    const refused = await mira
      .patch(mine(), { cadences: { 'payout.paid': 'off', 'tier.promoted': 'off' } })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ApiProblem);
    expect((refused as ApiProblem).problem).toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '/cadences/payout.paid' }],
    });
    const view = await mira.patch<{ kinds: { kind: string; cadence: string }[] }>(mine(), {
      cadences: { 'tier.promoted': 'daily', 'tier.changed': 'daily' },
      language: 'de',
      timeZone: 'Europe/Berlin',
      quietHours: { from: '22:00', to: '07:30' },
    });
    expect(view).toMatchObject({ language: 'de', timeZone: 'Europe/Berlin', digestHour: 8 });
    expect(await mira.get(mine())).toEqual(view);
    expect(await mira.patch(mine(), { digestHour: null })).toEqual(view);
  });

  it('is an item of the inbox at once, and one e-mail of the day with its sales, in its language', async () => {
    const tier = { tier: 'certified', from: new Date().toISOString(), reason: 'Trained.' };
    await stack.as('partner_manager').post(at('/partners/mira/tiers'), tier);
    const now = new Date().toISOString();
    for (const order of ['a', 'b']) {
      await aSale(stack.as('merchant_key'), programId, order, 1_000, { partnerId: 'mira', occurredAt: now });
    }
    const inbox = at('/partners/mira/inbox');
    const unread = await eventually(async () => {
      const found = await mira.get<Inbox>(inbox);
      expect(found).toMatchObject({ unread: 1, items: [{ kind: expect.stringMatching(/^tier\./) }] });
      return found;
    });
    expect(await sendDue(Date.now())).toEqual([]);
    const tomorrow = Date.now() + 25 * HOUR_MS;
    const both = [...(await sendDue(tomorrow)), ...(await sendDue(tomorrow))];
    // Quiet hours in Berlin end at half past seven, before the digest comes.
    const sent = both.length > 0 ? both : await sendDue(tomorrow + 12 * HOUR_MS);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ to: `mira.${programId}@partners.example`, text: expect.stringContaining('20,00') });
    expect(await sendDue(tomorrow + 24 * HOUR_MS)).toEqual([]);
    expect((await mira.get<Inbox>(inbox)).items.map(({ kind }) => kind)).toContain('digest.daily');
    const noticeId = unread.items[0]?.noticeId ?? '';
    await mira.post(`${inbox}/${noticeId}/read`, {});
    const after = await mira.get<Inbox>(inbox);
    expect(after.unread).toBe(1);
    expect(after.items.find((one) => one.noticeId === noticeId)?.readAt).toBeDefined();
  });
});

describe('the people of a programme', () => {
  it('are listed by admins, and each finds what is its own', async () => {
    const email = stack.endpoints.people.find(({ role }) => role === 'finance')?.email ?? '';
    const admin = stack.as('admin');
    const mo = await admin.post<{ personId: string }>(at('/staff'), {
      name: 'Mo',
      email,
      roles: ['finance', 'approver'],
    });
    await expect(
      admin.post(at('/staff'), { name: 'Mo again', email: email.toUpperCase(), roles: ['admin'] }),
    ).rejects.toMatchObject({ problem: { code: 'already_exists', personId: mo.personId } });
    const own = at(`/staff/${mo.personId}`);
    const finance = stack.as('finance');
    expect(await finance.get(at('/staff'))).toMatchObject({ items: [{ personId: mo.personId, email }] });
    await finance.patch(`${own}/notification-preferences`, { cadences: { 'conversion.held': 'off' }, language: 'fr' });
    expect(await finance.get(`${own}/inbox`)).toEqual({ items: [], unread: 0 });
    await expect(stack.as('partner_manager').get(`${own}/inbox`)).rejects.toMatchObject({
      problem: { code: 'not_found' },
    });
    expect(await asAdmin('PATCH', own, { roles: ['finance'] })).toMatchObject({ name: 'Mo', roles: ['finance'] });
    expect(await asAdmin('DELETE', own)).toEqual({ personId: mo.personId, state: 'removed' });
    expect(await asAdmin('DELETE', at('/staff/nobody'))).toMatchObject({ code: 'not_found' });
    expect(await admin.get(at('/staff'))).toEqual({ items: [] });
  });
});
