import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeAdjustments } from '#shared/adapters/dynamodb/money/adjustments/adjustments';
import { Failure } from '#shared/application/failure';
import type { AdjustmentStore } from '#shared/application/payouts/adjustments/adjustment-ports';
import { makeDecideAdjustment } from '#shared/application/payouts/adjustments/decide-adjustment';
import { makeListAdjustments } from '#shared/application/payouts/adjustments/list-adjustments';
import { makeRecordAdjustment } from '#shared/application/payouts/adjustments/record-adjustment';
import type { Period } from '#shared/domain/time/instant';
import { aProgramme, DECEMBER, FEBRUARY, instant, JANUARY } from '#test/support/builders/runs';
import { makeFakeAdjustments } from '#test/support/fakes/adjustments';
import { makeFakePrograms } from '#test/support/fakes/programs';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table?.stop());

const LIMIT = 1_000n;
const clock = (): number => Date.parse('2026-01-20T10:00:00Z');
const retry = { pause: async (ms: number): Promise<void> => sleep(ms), random: Math.random };
const codeOf = (error: unknown): string => (error instanceof Failure ? error.code : String(error));

describe.each([
  ['on the engine', () => makeAdjustments(table)],
  ['in memory', makeFakeAdjustments],
] as const)('adjustments with a second person %s', (name, make) => {
  let store: AdjustmentStore;
  let programId: string;
  let count = 0;
  let programs: ReturnType<typeof makeFakePrograms>;
  beforeEach(() => {
    store ??= make();
    count += 1;
    programId = `${name.replaceAll(' ', '-')}-${count}`;
    programs = makeFakePrograms(programme(DECEMBER));
  });
  const programme = (closedThrough: Period) =>
    aProgramme({ programId, closedThrough, controls: { ...aProgramme().controls, adjustmentLimitMinor: LIMIT } });
  const record = (
    adjustmentId: string,
    amountMinor: bigint,
    over: { by?: string; onBehalfOf?: string; partnerId?: string } = {},
  ) =>
    makeRecordAdjustment({
      programs,
      partners: { terms: async (_, partnerId) => ({ partnerId, agreements: [], tiers: [] }) },
      adjustments: store,
      clock,
      ...retry,
    })({
      programId,
      adjustmentId,
      partnerId: 'p1',
      amountMinor,
      currency: 'GBP',
      occurredAt: instant('2026-01-10T00:00:00Z'),
      reason: 'Overpaid',
      reasonCode: 'correction',
      by: 'person:maker',
      ...over,
    });
  const decide = (adjustmentId: string, by: string, decision: 'approve' | 'decline' = 'approve') =>
    makeDecideAdjustment({ programs, adjustments: store, clock, ...retry })({
      programId,
      adjustmentId,
      decision,
      by,
      comment: 'seen',
    });

  it('records up to the limit and proposes above it, either way', async () => {
    expect(await record('a', LIMIT)).toMatchObject({ status: 'recorded', reasonCode: 'correction' });
    expect(await record('b', -LIMIT)).toMatchObject({ status: 'recorded' });
    expect(await record('c', LIMIT + 1n)).toMatchObject({ status: 'proposed', period: JANUARY });
    expect((await record('d', -LIMIT - 1n)).status).toBe('proposed');
    expect((await store.ofPartner(programId, 'p1', JANUARY)).map(({ adjustmentId }) => adjustmentId)).toEqual([
      'a',
      'b',
    ]);
    const ofPeriod: string[] = [];
    for await (const { adjustmentId } of store.ofPeriod(programId, JANUARY)) ofPeriod.push(adjustmentId);
    expect(ofPeriod).toEqual(['a', 'b']);
    expect(await record('c', 5n)).toMatchObject({ status: 'proposed', amountMinor: LIMIT + 1n });
  });

  it('adds up what a maker records alone for a partner, also with 20 at one moment and through API keys', async () => {
    const makers = [{ by: 'person:maker' }, { by: 'key:k1', onBehalfOf: 'person:maker' }];
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, index) => record(`s${index}`, 100n, makers[index % 2])),
    );
    expect(made.filter(({ status }) => status === 'recorded')).toHaveLength(10);
    expect((await record('other-way', -100n)).status).toBe('recorded');
    expect((await record('other-partner', 100n, { partnerId: 'p2' })).status).toBe('recorded');
    expect((await record('other-maker', 100n, { by: 'person:second' })).status).toBe('recorded');
  });

  it('takes exactly one of 20 approvals at one moment, in the month that is due then', async () => {
    await record('big', 5_000n);
    programs.set(programme(JANUARY));
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => decide('big', `person:a${index}`)),
    );
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [codeOf(answer.reason)] : []));
    expect(refused).toEqual(Array.from({ length: 19 }, () => 'adjustment_not_proposed'));
    const facts = await store.ofPartner(programId, 'p1', FEBRUARY);
    expect(facts).toHaveLength(1);
    expect(await store.ofPartner(programId, 'p1', JANUARY)).toEqual([]);
    const approver = facts[0]?.approvedBy;
    expect([...(await store.makers(programId, FEBRUARY))]).toEqual(['person:maker']);
    expect(facts[0]).toMatchObject({
      period: FEBRUARY,
      recordedBy: 'person:maker',
      approvedBy: approver,
      comment: 'seen',
    });
    expect(await decide('big', String(approver))).toMatchObject({ status: 'recorded', period: FEBRUARY });
  });

  it('is never decided by who made it, nor by the person behind the API key', async () => {
    await record('own', 5_000n);
    await record('by-key', 5_000n, { by: 'key:k1', onBehalfOf: 'person:maker' });
    await expect(decide('own', 'person:maker')).rejects.toMatchObject({ code: 'second_person_required' });
    await expect(decide('by-key', 'person:maker', 'decline')).rejects.toMatchObject({ code: 'second_person_required' });
    await expect(decide('nothing', 'person:a')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('keeps a declined one readable with its reason, and pays nothing for it', async () => {
    await record('no', 5_000n);
    expect(await decide('no', 'person:a', 'decline')).toMatchObject({
      status: 'declined',
      decision: { decision: 'decline', by: 'person:a', comment: 'seen' },
    });
    await expect(decide('no', 'person:b')).rejects.toMatchObject({ code: 'adjustment_not_proposed' });
    expect(await store.ofPartner(programId, 'p1', JANUARY)).toEqual([]);
    expect((await store.list(programId, { of: 'pending' }, { limit: 5 })).items).toEqual([]);
  });

  it('neither records nor proposes an id twice, whatever the limit says by then', async () => {
    await record('twice', 5_000n);
    const { status: _, proposedAt: __, decision: ___, ...content } = (await store.find(programId, 'twice'))!;
    const at = instant('2026-01-20T10:00:00Z');
    expect(await store.record(programId, { ...content, recordedAt: at })).toBe('exists');
    await record('once', 5n);
    expect(await store.propose(programId, { ...content, adjustmentId: 'once', proposedAt: at })).toBe(false);
  });

  it('lists a month by state, page by page, and all that waits', async () => {
    const list = makeListAdjustments({ programs, adjustments: store });
    for (const id of ['a', 'b', 'c']) await record(id, 10n);
    await record('d', 5_000n);
    await record('e', 5_000n, { partnerId: 'p2' });
    await record('f', 5_000n);
    await record('g', 5_000n);
    await decide('f', 'person:a');
    await decide('g', 'person:a', 'decline');
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ programId, limit: 2, cursor });
      seen.push(...page.items.map(({ adjustmentId, status }) => `${adjustmentId} ${status}`));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual([
      'a recorded',
      'b recorded',
      'c recorded',
      'f recorded',
      'd proposed',
      'g declined',
      'e proposed',
    ]);
    const ids = async (asked: Partial<Parameters<typeof list>[0]>) =>
      (await list({ programId, limit: 50, ...asked })).items.map(({ adjustmentId }) => adjustmentId);
    expect(await ids({ status: 'proposed' })).toEqual(['d', 'e']);
    expect(await ids({ status: 'proposed', partnerId: 'p2' })).toEqual(['e']);
    expect(await ids({ status: 'declined' })).toEqual(['g']);
    expect(await ids({ status: 'recorded', partnerId: 'p1' })).toEqual(['a', 'b', 'c', 'f']);
    expect(await ids({ period: FEBRUARY })).toEqual([]);
    await expect(list({ programId, limit: 2, cursor: 'bm9uZQ' })).rejects.toMatchObject({ code: 'invalid_request' });
    const pending = await store.list(programId, { of: 'pending', throughPeriod: DECEMBER }, { limit: 5 });
    expect(pending.items).toEqual([]);
    expect((await store.list(programId, { of: 'pending', throughPeriod: JANUARY }, { limit: 5 })).items).toHaveLength(
      2,
    );
  });
});

describe('a crash between proposal and record', () => {
  it('leaves the proposal as it was, for the next attempt', async () => {
    const store = makeAdjustments(table);
    const programId = 'crash';
    const content = {
      adjustmentId: 'x',
      partnerId: 'p1',
      period: JANUARY,
      occurredAt: instant('2026-01-10T00:00:00Z'),
      amountMinor: 5_000n,
      currency: 'GBP',
      reason: 'r',
      reasonCode: 'bonus' as const,
      recordedBy: 'person:maker',
    };
    await store.propose(programId, { ...content, proposedAt: instant('2026-01-11T00:00:00Z') });
    const documents = Object.create(table.documents) as typeof table.documents;
    documents.send = (async (command: object) => {
      if (command.constructor.name === 'TransactWriteCommand') throw new Error('power cut');
      return table.documents.send(command as never);
    }) as never;
    const cut = makeAdjustments({ ...table, documents });
    const programs = makeFakePrograms(aProgramme({ programId }));
    const given = { programId, adjustmentId: 'x', decision: 'approve' as const, by: 'person:a' };
    await expect(makeDecideAdjustment({ programs, adjustments: cut, clock, ...retry })(given)).rejects.toThrow(
      'power cut',
    );
    expect(await store.find(programId, 'x')).toMatchObject({ status: 'proposed' });
    expect(await store.ofPartner(programId, 'p1', JANUARY)).toEqual([]);
    expect((await makeDecideAdjustment({ programs, adjustments: store, clock, ...retry })(given)).status).toBe(
      'recorded',
    );
    expect(await store.ofPartner(programId, 'p1', JANUARY)).toHaveLength(1);
  });
});
