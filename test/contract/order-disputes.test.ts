import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDisputeStore } from '#shared/adapters/dynamodb/partners/disputes';
import { makeOrderDisputes } from '#shared/adapters/dynamodb/partners/order-disputes';
import { aDispute } from '#test/support/builders/disputes';
import { instant } from '#test/support/builders/referrals';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';

let table: PartnersTable;
beforeAll(async () => {
  table = await aPartnersTable();
});
afterAll(() => table?.stop());

const LIMITS = { open: 9, aDay: 9 };

describe('the disputes about an order', () => {
  it('are found whoever filed them, oldest first, with their decisions and how they ended', async () => {
    const store = makeDisputeStore(table);
    const later = aDispute({ disputeId: 'a-later', partnerId: 'noor', filedAt: instant('2026-03-11T00:00:00Z') });
    const first = aDispute({ disputeId: 'first' });
    for (const dispute of [later, first, aDispute({ disputeId: 'other', partnerId: 'finn', orderId: 'o2' })])
      await store.file(dispute, LIMITS);
    const by = { decidedBy: 'person:m', authority: 'admin' } as const;
    const decision = { number: 1, outcome: 'declined', ...by, decidedAt: later.filedAt } as const;
    const told = { ...decision, explanation: 'It was another one.' };
    await store.save({ ...first, status: 'declined', decisions: [told] }, { decision });

    const found = await makeOrderDisputes(table).ofOrder('acme', 'o1');
    expect(found).toMatchObject([
      { disputeId: 'first', partnerId: 'mira', kind: 'missing', endedAs: 'declined', decisions: [decision] },
      { disputeId: 'a-later', partnerId: 'noor', decisions: [] },
    ]);
    expect(found[1]).not.toHaveProperty('endedAs');
    expect(await makeOrderDisputes(table).ofOrder('acme', 'o3')).toEqual([]);
    // Not a word of what the partner or the staff wrote.
    expect(JSON.stringify(found)).not.toMatch(/I sent this customer|another one|Mail/);
  });
});
