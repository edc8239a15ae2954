import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeStripeEventStore } from '#shared/adapters/dynamodb/referrals/stripe/stripe-events';
import { makeStripeSourceStore } from '#shared/adapters/dynamodb/referrals/stripe/stripe-sources';
import type {
  StripeEventRecord,
  StripeEventStore,
  StripeOrder,
  StripeSourceStore,
} from '#shared/application/referrals/stripe/ports';
import { instant } from '#test/support/builders/referrals';
import { makeFakeStripeEvents, makeFakeStripeSources } from '#test/support/fakes/stripe-events';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

const RECEIVED = instant('2026-01-15T12:00:05Z');
const DUE = instant('2026-01-15T12:02:00Z');
const LATER = instant('2026-01-15T13:00:00Z');

let table: TestTable;
beforeAll(async () => {
  table = await aReferralsTable();
});
afterAll(() => table?.stop());

const implementations: readonly [string, () => StripeEventStore, () => StripeSourceStore][] = [
  ['on the engine', () => makeStripeEventStore(table), () => makeStripeSourceStore(table)],
  ['in memory', makeFakeStripeEvents, makeFakeStripeSources],
];

let made = 0;
function anEvent(overrides: Partial<StripeEventRecord> = {}): StripeEventRecord {
  made += 1;
  return {
    programId: `shop${made}`,
    eventId: `evt_${made}`,
    type: 'invoice.paid',
    createdAt: instant('2026-01-15T12:00:00Z'),
    receivedAt: RECEIVED,
    objectId: 'in_1',
    fact: {
      kind: 'sale',
      orderId: 'in_1',
      customerId: 'cus_1',
      references: ['pi_1'],
      paidMinor: 9_007_199_254_740_991n,
      baseMinor: 10_000n,
      currency: 'GBP',
      occurredAt: RECEIVED,
      touch: { code: 'TALLY10' },
      subscriptionId: 'sub_1',
      mayWait: true,
    },
    status: 'recorded',
    dueAt: DUE,
    ...overrides,
  };
}
const anOrder = (overrides: Partial<StripeOrder> = {}): StripeOrder => ({
  orderId: 'in_1',
  currency: 'GBP',
  paidMinor: 12_000n,
  baseMinor: 10_000n,
  taken: {},
  reversedMinor: 0n,
  revision: 1,
  ...overrides,
});
const conversion = {
  kind: 'record_conversion',
  orderId: 'in_1',
  customerId: 'cus_1',
  occurredAt: RECEIVED,
  amountMinor: 10_000n,
  currency: 'GBP',
  code: 'TALLY10',
} as const;

describe.each(implementations)('events of Stripe %s', (_name, makeEvents, makeSources) => {
  let events: StripeEventStore;
  let sources: StripeSourceStore;
  beforeAll(() => {
    events = makeEvents();
    sources = makeSources();
  });
  const recorded = async (overrides: Partial<StripeEventRecord> = {}): Promise<StripeEventRecord> => {
    const event = anEvent(overrides);
    expect(await events.add(event)).toBe('recorded');
    return event;
  };
  const found = ({ programId, eventId }: StripeEventRecord) => events.find(programId, eventId);

  it('are recorded once and come back as they were', async () => {
    const event = await recorded();
    expect(await events.add({ ...event, status: 'ignored' })).toBe('exists');
    expect(await found(event)).toEqual(event);
    expect(await events.find('other', event.eventId)).toBeUndefined();
  });

  it('come back whatever they say and whatever was planned', async () => {
    const references = ['pi_1', 'ch_1'];
    const taking = { kind: 'taking', sourceId: 'ch_1', references, takenMinor: 3_000n, currency: 'GBP' } as const;
    const facts: readonly StripeEventRecord['fact'][] = [
      { kind: 'touch', references, customerId: 'cus_1', touch: { clickToken: 'a.b' }, occurredAt: RECEIVED },
      { kind: 'payment', orderId: 'in_1', references },
      { ...taking, takenAs: 'chargeback', orderId: 'in_1', occurredAt: RECEIVED },
      { kind: 'reinstated', sourceId: 'dp_1', references },
    ];
    const refund = { refundId: 'ch_1:3000', orderId: 'in_1', occurredAt: RECEIVED, amountMinor: 2_500n } as const;
    const plans: readonly NonNullable<StripeEventRecord['plan']>[] = [
      { ...conversion, credits: [{ partnerId: 'mira', shareBps: 10_000 }], customerEmailHash: 'hash', code: undefined },
      { kind: 'record_refund', ...refund, refundKind: 'refund' },
      { ...conversion, clickToken: 'a.b', partnerId: 'mira', withoutPartnerIds: ['noor'] },
      { kind: 'nothing', reason: 'x' },
    ];
    for (const [at, fact] of facts.entries()) {
      const event = await recorded({ fact });
      const plan = plans[at] as NonNullable<StripeEventRecord['plan']>;
      await events.plan(event, plan, {});
      expect(await found(event)).toEqual({ ...event, plan });
    }
  });

  it('are recorded anew when they could not be read', async () => {
    const nothing = { kind: 'nothing', status: 'failed', reason: 'shape_not_known' } as const;
    const event = await recorded({ status: 'failed', fact: nothing, dueAt: undefined });
    const readable = anEvent({ programId: event.programId, eventId: event.eventId });
    expect(await events.add(readable)).toBe('recorded');
    expect(await events.add(readable)).toBe('exists');
    expect(await found(event)).toEqual(readable);
  });

  it('are recorded anew when they were of the other mode, and of no other reason to ignore them', async () => {
    const event = await recorded({ status: 'ignored', reason: 'other_mode', dueAt: undefined });
    const { programId, eventId } = event;
    expect(await events.add({ ...event, status: 'ignored', reason: 'nothing_paid' })).toBe('recorded');
    expect(await events.add(anEvent({ programId, eventId }))).toBe('exists');
  });

  it('keep the first plan, with what it changes or not at all', async () => {
    const event = await recorded();
    const { programId } = event;
    const change = { order: anOrder(), references: ['pi_1', 'ch_1'], subscriptionId: 'sub_1' };
    expect(await events.plan(event, conversion, change)).toBe('planned');
    expect(await events.plan(event, { kind: 'nothing', reason: 'x' }, {})).toBe('contended');
    expect((await found(event))?.plan).toEqual(conversion);
    expect(await events.order(programId, 'in_1')).toEqual(anOrder());
    expect(await events.orderOf(programId, 'ch_1')).toBe('in_1');
    expect(await events.firstOrderOf(programId, 'sub_1')).toBe('in_1');

    const second = await recorded({ programId });
    expect(
      await events.plan(second, conversion, { order: anOrder({ orderId: 'in_2' }), subscriptionId: 'sub_1' }),
    ).toBe('contended');
    expect(await events.order(programId, 'in_2')).toBeUndefined();
    expect((await found(second))?.plan).toBeUndefined();
  });

  it("move an order's sums only from what was read", async () => {
    const event = await recorded();
    const refunds = [await recorded({ programId: event.programId }), await recorded({ programId: event.programId })];
    await events.plan(event, conversion, { order: anOrder() });
    const order = anOrder({ taken: { ch_1: 3_000n }, reversedMinor: 2_500n, revision: 2 });
    const plan = { kind: 'nothing', reason: 'test' } as const;
    const outcomes = await Promise.all(refunds.map((refund) => events.plan(refund, plan, { order })));
    expect(outcomes.sort()).toEqual(['contended', 'planned']);
    expect(await events.order(event.programId, 'in_1')).toEqual(order);
  });

  it('are settled once, and opened again only from where they were', async () => {
    const event = await recorded();
    await events.settle(event, { status: 'failed', reason: 'sale_not_known', detail: 'Look.' });
    await events.settle(event, { status: 'done' });
    const failed = await found(event);
    expect(failed).toMatchObject({ status: 'failed', reason: 'sale_not_known', detail: 'Look.' });
    expect(failed?.dueAt).toBeUndefined();
    await events.wait(event, { references: ['pi_1'], reason: 'x', dueAt: LATER });
    expect((await found(event))?.status).toBe('failed');
    if (failed) await events.settle(failed, { status: 'recorded', dueAt: DUE });
    expect(await found(event)).toMatchObject({ status: 'recorded', dueAt: DUE });
    expect((await found(event))?.reason).toBeUndefined();
  });

  it('wait for references, are found by them, and are due when their time has come', async () => {
    const event = await recorded();
    const { programId, eventId } = event;
    await events.wait(event, { references: ['pi_1', 'ch_1', 'pi_1'], reason: 'sale_not_known', dueAt: LATER });
    expect(await found(event)).toMatchObject({ status: 'waiting', reason: 'sale_not_known', dueAt: LATER });
    expect(await events.waitingFor(programId, 'ch_1')).toEqual([eventId]);
    expect(await events.waitingFor(programId, 'pi_2')).toEqual([]);
    const fresh = await recorded({ programId });
    const idsDue = async (now: typeof DUE, limit = 10) =>
      (await events.due(programId, now, limit)).map((one) => one.eventId);
    expect(await idsDue(RECEIVED)).toEqual([]);
    expect(await idsDue(DUE)).toEqual([fresh.eventId]);
    expect(await idsDue(LATER)).toEqual([fresh.eventId, eventId]);
    expect(await idsDue(LATER, 1)).toEqual([fresh.eventId]);
  });

  it('are listed by status, page by page', async () => {
    const { programId } = anEvent();
    const at = (minute: number) => instant(`2026-01-15T12:0${minute}:00Z`);
    const nothing = { kind: 'nothing', status: 'ignored', reason: 'type_not_handled' } as const;
    for (const minute of [1, 2, 3]) {
      const settled = { createdAt: at(minute), status: 'ignored', fact: nothing, dueAt: undefined } as const;
      await recorded({ programId, eventId: `evt_i${minute}`, ...settled });
      await recorded({ programId, eventId: `evt_r${minute}`, dueAt: at(minute) });
    }
    const pages = async (status: 'ignored' | 'recorded'): Promise<string[][]> => {
      const ids: string[][] = [];
      let cursor: string | undefined;
      do {
        const page = await events.list(programId, status, { limit: 2, cursor });
        ids.push(page.items.map(({ eventId }) => eventId));
        cursor = page.nextCursor;
      } while (cursor);
      return ids;
    };
    expect(await pages('ignored')).toEqual([['evt_i3', 'evt_i2'], ['evt_i1']]);
    expect(await pages('recorded')).toEqual([['evt_r1', 'evt_r2'], ['evt_r3']]);
    await expect(events.list(programId, 'ignored', { limit: 2, cursor: 'bm9uZQ' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('lead from payments to orders, and remember the latest touch', async () => {
    const { programId } = anEvent();
    await events.link(programId, 'in_1', ['pi_1', 'ch_1']);
    expect(await events.orderOf(programId, 'pi_1')).toBe('in_1');
    const first = instant('2026-01-10T00:00:00Z');
    await events.rememberTouch(programId, 'sub_1', { at: RECEIVED });
    await events.rememberTouch(programId, 'sub_1', { at: first, code: 'FIRST' });
    expect(await events.touchOf(programId, 'sub_1')).toEqual({ at: first, code: 'FIRST' });
    await events.rememberTouch(programId, 'sub_1', { at: RECEIVED, clickToken: 'later' });
    await events.rememberTouch(programId, 'sub_1', { at: first, code: 'FIRST' });
    await events.rememberTouch(programId, 'sub_1', { at: LATER });
    expect(await events.touchOf(programId, 'sub_1')).toEqual({ at: RECEIVED, clickToken: 'later' });
  });

  it('come from sources that hold no secret', async () => {
    const source = {
      programId: 'shop',
      enabled: true,
      mode: 'live',
      secretEnd: 'abcd',
      promotionCodes: { promo_1: 'TALLY10' },
      changedAt: RECEIVED,
      changedBy: 'person:admin',
    } as const;
    await sources.save(source);
    await sources.save({ ...source, enabled: false });
    await sources.save({ ...source, programId: 'another' });
    expect(await sources.find('shop')).toEqual({ ...source, enabled: false });
    expect(await sources.find('none')).toBeUndefined();
    const programs: string[] = [];
    for await (const programId of sources.programs()) programs.push(programId);
    expect(programs).toEqual(['another', 'shop']);
  });
});
