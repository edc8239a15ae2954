import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDisputeDecisions } from '#shared/adapters/dynamodb/partners/dispute-decisions';
import { makeDisputeStore } from '#shared/adapters/dynamodb/partners/disputes';
import type { DisputeStore } from '#shared/application/partners/dispute-ports';
import { AWAITED_STATUSES } from '#shared/domain/partner/dispute';
import { aDispute } from '#test/support/builders/disputes';
import { instant } from '#test/support/builders/referrals';
import { makeFakeDisputes } from '#test/support/fakes/disputes';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';

let table: PartnersTable;
beforeAll(async () => {
  table = await aPartnersTable();
});
afterAll(() => table?.stop());

const LIMITS = { open: 3, aDay: 5 };
const implementations: readonly [string, () => DisputeStore][] = [
  ['on the engine', () => makeDisputeStore(table)],
  ['in memory', makeFakeDisputes],
];

describe.each(implementations)('disputes %s', (name, make) => {
  let disputes: DisputeStore;
  let programs = 0;
  const aShop = (): string => `${name.replaceAll(' ', '-')}-${++programs}`;
  beforeAll(() => {
    disputes = make();
  });

  it('keep a dispute as it was filed, with its amounts', async () => {
    const dispute = aDispute({
      programId: aShop(),
      orderPartnerId: 'noor',
      expected: { amountMinor: 12_50n, currency: 'GBP' },
    });
    expect(await disputes.file(dispute, LIMITS)).toEqual({ outcome: 'filed' });
    expect(await disputes.find(dispute.programId, 'd1')).toEqual(dispute);
    expect(await disputes.find(aShop(), 'd1')).toBeUndefined();
    expect(await disputes.file(dispute, LIMITS)).toEqual({ outcome: 'exists', openDisputeId: 'd1' });
  });

  it('let one be open an order and partner, and another follow when it has ended', async () => {
    const programId = aShop();
    await disputes.file(aDispute({ programId }), LIMITS);
    const second = aDispute({ programId, disputeId: 'd2' });
    expect(await disputes.file(second, LIMITS)).toEqual({ outcome: 'exists', openDisputeId: 'd1' });
    expect(await disputes.file({ ...second, disputeId: 'd3', partnerId: 'noor' }, LIMITS)).toEqual({
      outcome: 'filed',
    });
    expect(await disputes.save(aDispute({ programId, status: 'withdrawn' }))).toBe('saved');
    expect(await disputes.file(second, LIMITS)).toEqual({ outcome: 'filed' });
  });

  it('count the open ones, also when they are filed at once, and give a seat back at the end', async () => {
    const programId = aShop();
    const filed = await Promise.all(
      ['1', '2', '3', '4', '5'].map(async (id) => {
        const dispute = aDispute({ programId, disputeId: id, orderId: id });
        for (;;) {
          const { outcome } = await disputes.file(dispute, { ...LIMITS, aDay: 9 });
          if (outcome !== 'contended') return { id, outcome };
        }
      }),
    );
    const [first, ...rest] = filed.filter(({ outcome }) => outcome === 'filed');
    expect(rest).toHaveLength(2);
    expect(filed.filter(({ outcome }) => outcome === 'too_many_open')).toHaveLength(2);
    const ended = await disputes.find(programId, first?.id ?? '');
    if (!ended) throw new Error('it was filed');
    await disputes.save({ ...ended, status: 'declined' });
    const next = aDispute({ programId, disputeId: 'next', orderId: 'next' });
    expect(await disputes.file(next, { ...LIMITS, aDay: 9 })).toEqual({ outcome: 'filed' });
  });

  it('count those of a day whatever became of them', async () => {
    const programId = aShop();
    for (let index = 0; index < 5; index += 1) {
      const dispute = aDispute({ programId, disputeId: `d${index}`, orderId: `o${index}` });
      expect(await disputes.file(dispute, LIMITS)).toEqual({ outcome: 'filed' });
      await disputes.save({ ...dispute, status: 'withdrawn' });
    }
    const sixth = aDispute({ programId, disputeId: 'd6', orderId: 'o6' });
    expect(await disputes.file(sixth, LIMITS)).toEqual({ outcome: 'too_many_today' });
    const tomorrow = { ...sixth, filedAt: instant('2026-03-11T00:00:00Z') };
    expect(await disputes.file(tomorrow, LIMITS)).toEqual({ outcome: 'filed' });
  });

  it('save only what was read last, with its message', async () => {
    const programId = aShop();
    const dispute = aDispute({ programId });
    await disputes.file(dispute, LIMITS);
    const message = {
      messageId: 'm1',
      at: instant('2026-03-11T00:00:00Z'),
      by: 'person:noor',
      from: 'staff' as const,
      internal: true,
      text: 'Ask the shop',
      evidence: [],
    };
    expect(await disputes.save({ ...dispute, messages: 1 }, { message })).toBe('saved');
    expect(await disputes.save({ ...dispute, messages: 1 }, { message })).toBe('stale');
    expect(await disputes.messages(programId, 'd1')).toEqual([message]);
    expect((await disputes.find(programId, 'd1'))?.version).toBe(2);
  });

  it('come to a partner newest first, in pages', async () => {
    const programId = aShop();
    for (const day of ['01', '02', '03'])
      await disputes.file(
        aDispute({ programId, disputeId: day, orderId: day, filedAt: instant(`2026-03-${day}T00:00:00Z`) }),
        LIMITS,
      );
    await disputes.file(aDispute({ programId, disputeId: 'x', partnerId: 'noor' }), LIMITS);
    const first = await disputes.ofPartner(programId, 'mira', { limit: 2 });
    expect(first.items.map(({ disputeId }) => disputeId)).toEqual(['03', '02']);
    const second = await disputes.ofPartner(programId, 'mira', { limit: 2, cursor: first.nextCursor });
    expect(second).toMatchObject({ items: [{ disputeId: '01' }] });
    expect(second.nextCursor).toBeUndefined();
    expect((await disputes.ofPartner(programId, 'mira', { limit: 3 })).nextCursor).toBeUndefined();
  });

  it('come by their order, whoever filed them, the newest of many', async () => {
    const programId = aShop();
    for (const [disputeId, partnerId] of [
      ['03', 'mira'],
      ['01', 'noor'],
      ['02', 'finn'],
    ] as const)
      await disputes.file(
        aDispute({ programId, disputeId, partnerId, filedAt: instant(`2026-03-${disputeId}T00:00:00Z`) }),
        LIMITS,
      );
    await disputes.file(aDispute({ programId, disputeId: 'other', orderId: 'o2' }), LIMITS);
    const found = await disputes.ofOrder(programId, 'o1', 2);
    expect(found.map(({ disputeId, partnerId }) => [disputeId, partnerId])).toEqual([
      ['02', 'finn'],
      ['03', 'mira'],
    ]);
    expect(await disputes.ofOrder(programId, 'o3', 2)).toEqual([]);
  });

  it('come to staff escalated first, then by deadline, in pages', async () => {
    const programId = aShop();
    const file = async (disputeId: string, answerBy: string, status: 'open' | 'escalated' | 'withdrawn' = 'open') => {
      const dispute = aDispute({ programId, disputeId, orderId: disputeId, partnerId: disputeId });
      await disputes.file({ ...dispute, answerBy: instant(answerBy) }, LIMITS);
      if (status !== 'open') await disputes.save({ ...dispute, answerBy: instant(answerBy), status });
    };
    await file('late', '2026-03-25T00:00:00Z');
    await file('soon', '2026-03-12T00:00:00Z');
    await file('urgent', '2026-03-30T00:00:00Z', 'escalated');
    await file('gone', '2026-03-01T00:00:00Z', 'withdrawn');
    const first = await disputes.list(programId, AWAITED_STATUSES, { limit: 2 });
    expect(first.items.map(({ disputeId }) => disputeId)).toEqual(['urgent', 'soon']);
    const second = await disputes.list(programId, AWAITED_STATUSES, { limit: 2, cursor: first.nextCursor });
    expect(second.items.map(({ disputeId }) => disputeId)).toEqual(['late']);
    expect(second.nextCursor).toBeUndefined();
    expect((await disputes.list(programId, ['withdrawn'], { limit: 2 })).items).toHaveLength(1);
    const overdue: string[] = [];
    for await (const { disputeId } of disputes.overdue(programId, instant('2026-03-12T00:00:00Z')))
      overdue.push(disputeId);
    expect(overdue).toEqual(['soon']);
  });
});

describe('a decision of a dispute', () => {
  it('is kept by itself, without a word of the dispute, and once', async () => {
    const disputes = makeDisputeStore(table);
    const dispute = aDispute({ programId: 'decided' });
    await disputes.file(dispute, LIMITS);
    const decision = {
      number: 1,
      outcome: 'accepted' as const,
      remedy: { kind: 'adjustment' as const, amountMinor: 5_00n, currency: 'GBP' },
      decidedBy: 'person:noor',
      authority: 'finance' as const,
      decidedAt: instant('2026-03-12T00:00:00Z'),
    };
    const decided = {
      ...dispute,
      status: 'decided' as const,
      decisions: [{ ...decision, explanation: 'You are right.' }],
    };
    const saved = await Promise.all([disputes.save(decided, { decision }), disputes.save(decided, { decision })]);
    expect(saved.toSorted()).toEqual(['saved', 'stale']);
    const record = await makeDisputeDecisions(table).get('decided', 'd1', 1);
    expect(record).toEqual({ ...decision, programId: 'decided', disputeId: 'd1', partnerId: 'mira', orderId: 'o1' });
    expect(await makeDisputeDecisions(table).get('decided', 'd1', 2)).toBeUndefined();
    expect(await disputes.find('decided', 'd1')).toEqual({ ...decided, version: 2 });
  });
});
