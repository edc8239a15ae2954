import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAuditVerifications } from '#shared/adapters/dynamodb/money/audit/audit-verifications';
import type { AuditVerification, AuditVerifications } from '#shared/application/payouts/proof/audit-verification';
import type { Period } from '#shared/domain/time/instant';
import { at } from '#test/support/builders/payouts';
import { makeFakeVerifications } from '#test/support/fakes/audit-verifications';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table?.stop());

const HEAD = { sequence: 9, hash: 'h' };
const aVerification = (day: number): AuditVerification => ({
  verificationId: `z${9 - day}`,
  programId: 'acme',
  at: at(`2026-03-0${day}T00:00:00Z`),
  endedAt: at(`2026-03-0${day}T00:00:09Z`),
  by: 'person:fin',
  status: 'different',
  chain: {
    head: HEAD,
    through: { sequence: 4, hash: 'g' },
    earlierHeads: 2,
    broken: { sequence: 5, field: 'kept', stored: 'a', expected: 'b' },
  },
  continues: 'v0',
  period: {
    period: '2026-01' as Period,
    status: 'different',
    statements: 1,
    entries: 2,
    balances: 3,
    differences: [{ subject: 'order', id: 'o', field: 'f', stored: '1', recomputed: '2' }],
    unnamed: 4,
  },
});

const implementations: readonly [string, () => AuditVerifications][] = [
  ['the real engine', () => makeAuditVerifications(table)],
  ['the fake', makeFakeVerifications],
];

describe.each(implementations)('verifications in %s', (_name, make) => {
  it('are listed newest first, as they were kept, and written once', async () => {
    const store = make();
    for (const day of [2, 1, 3]) await store.add(aVerification(day));
    await expect(store.add(aVerification(3))).rejects.toThrow();
    const first = await store.list('acme', { limit: 2 });
    expect(first.items).toEqual([aVerification(3), aVerification(2)]);
    expect(await store.list('acme', { limit: 2, cursor: first.nextCursor })).toMatchObject({
      items: [aVerification(1)],
    });
    expect((await store.list('other', { limit: 2 })).items).toEqual([]);
  });
});

it('a made-up cursor of verifications is refused', async () => {
  const list = makeAuditVerifications(table).list('acme', { cursor: 'x', limit: 1 });
  await expect(list).rejects.toMatchObject({ code: 'invalid_request' });
});
