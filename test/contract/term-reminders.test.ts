import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTermReminders, termReminderItem } from '#shared/adapters/dynamodb/partners/term-reminders';
import type { RecordedReminder } from '#shared/application/partners/remind-partners';
import { instant } from '#test/support/builders/partners';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';

let table: PartnersTable;
beforeAll(async () => {
  table = await aPartnersTable();
});
afterAll(() => table?.stop());

const END = instant('2027-01-01T00:00:00Z');
const reminder = (endsAt = END, at = instant('2026-12-02T03:00:00Z')): RecordedReminder => ({
  programId: 'acme',
  partnerId: 'p1',
  at,
  reminder: { kind: 'agreement', agreementId: 'a1', endsAt, renewal: 'by_agreement' },
});

describe('reminders of terms that end', () => {
  it('are written once, also by several at once; the first stays', async () => {
    const reminders = makeTermReminders(table);
    const later = reminder(END, instant('2026-12-03T03:00:00Z'));
    expect(await reminders.record(reminder())).toBe(true);
    expect(await Promise.all([1, 2, 3].map(() => reminders.record(later)))).toEqual([false, false, false]);
    const { pk, sk } = termReminderItem(reminder());
    const { Item } = await table.documents.send(new GetCommand({ TableName: table.tableName, Key: { pk, sk } }));
    expect(Item).toMatchObject({ ...reminder(), expiresAt: 1_806_537_600 });
  });

  it('are written anew for an agreement that was renewed', async () => {
    const reminders = makeTermReminders(table);
    expect(await reminders.record(reminder(instant('2028-01-01T00:00:00Z')))).toBe(true);
  });
});
