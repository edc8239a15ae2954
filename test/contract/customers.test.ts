import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBindingStore } from '#shared/adapters/dynamodb/referrals/customers/bindings';
import { makeTouchStore } from '#shared/adapters/dynamodb/referrals/customers/remembered-touches';
import { conversionKey, customerKey, touchesKey } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { makeConversionStore } from '#shared/adapters/dynamodb/referrals/sales/conversions';
import { makeReattributorsReader } from '#shared/adapters/dynamodb/referrals/sales/reattributors';
import type { ReattributorsReader } from '#shared/application/reattributors';
import type { BindingStore, TouchStore } from '#shared/application/referrals/customers/customer-ports';
import type { ConversionStore } from '#shared/application/referrals/ports';
import type { RecordConversionInput } from '#shared/application/referrals/sales/record-conversion';
import { anAttributionHouse } from '#test/support/attribution-house';
import { instant, JANUARY } from '#test/support/builders/referrals';
import { makeFakeReferrals } from '#test/support/fakes/referrals';
import { aSaleInput } from '#test/support/referrals-house';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

type Stores = {
  readonly conversions: ConversionStore;
  readonly bindings: BindingStore;
  readonly touches: TouchStore;
  readonly reattributors: ReattributorsReader;
};

let table: TestTable;
beforeAll(async () => {
  table = await aReferralsTable();
});
afterAll(() => table?.stop());

const engines: readonly (readonly [string, () => Stores])[] = [
  ['in memory', () => makeFakeReferrals()],
  [
    'on the engine',
    () => ({
      conversions: makeConversionStore(table),
      bindings: makeBindingStore(table),
      touches: makeTouchStore(table),
      reattributors: makeReattributorsReader(table),
    }),
  ],
];

const minute = (at: number): RecordConversionInput['occurredAt'] =>
  instant(`2026-01-15T12:${String(at).padStart(2, '0')}:00Z`);
/** Twenty first sales of a customer, of two partners in turn, not in the order of their times. */
const rush = (customerId: string): readonly RecordConversionInput[] =>
  Array.from({ length: 20 }, (_, index) =>
    aSaleInput({
      customerId,
      orderId: `${customerId}-${index}`,
      occurredAt: minute((index * 7) % 20),
      partnerId: index % 2 === 0 ? 'mira' : 'noor',
    }),
  );

describe.each(engines)('customers %s', (engine, makeStores) => {
  const named = (what: string): string => `${what}-${engine.replaceAll(' ', '-')}`;

  it('are bound once by twenty first sales at once', async () => {
    const stores = makeStores();
    const house = anAttributionHouse({ bindCustomers: 'first_sale' }, stores);
    const customerId = named('bound');
    const results = await Promise.all(rush(customerId).map((sale) => house.recordConversion(sale)));
    expect(results.every(({ repeated }) => !repeated)).toBe(true);
    const { bindings = [] } = await stores.conversions.history('shop', customerId);
    expect(bindings).toHaveLength(1);
    const [binding] = bindings;
    const winner = results.find(({ conversion }) => conversion.orderId === binding?.orderId)?.conversion;
    expect(binding).toEqual({
      number: 1,
      partnerId: winner?.partnerId,
      from: winner?.occurredAt,
      orderId: winner?.orderId,
    });
    const later = await house.recordConversion(
      aSaleInput({ customerId, orderId: named('later'), occurredAt: minute(59) }),
    );
    expect(later.conversion.partnerId).toBe(winner?.partnerId);
  });

  it('are new in one of twenty sales at once', async () => {
    const house = anAttributionHouse({ newCustomersOnly: true }, makeStores());
    const results = await Promise.all(rush(named('new')).map((sale) => house.recordConversion(sale)));
    expect(results.filter(({ conversion }) => conversion.earnsNothing === undefined)).toHaveLength(1);
    expect(new Set(results.map(({ conversion }) => conversion.earnsNothing))).toEqual(
      new Set([undefined, 'existing_customer']),
    );
  });

  it('are given to one partner after another, each change with the one before it', async () => {
    const stores = makeStores();
    const house = anAttributionHouse({}, stores);
    const of = { programId: 'shop', customerId: named('given'), by: 'person:manager' };
    await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        house.bind({ ...of, partnerId: index % 2 === 0 ? 'mira' : 'noor', reason: `reason ${index}` }),
      ),
    );
    const { changes, partnerId } = await house.partnerOf(of);
    const inOrder = changes.toReversed();
    expect(inOrder.map(({ number }) => number)).toEqual(inOrder.map((_, index) => index + 1));
    expect(inOrder.map(({ before }) => before)).toEqual([undefined, ...inOrder.slice(0, -1).map(({ after }) => after)]);
    expect(partnerId).toBe(inOrder.at(-1)?.after);
    const binders = await stores.reattributors.inPeriod('shop', JANUARY);
    expect(binders).toContainEqual({ by: 'person:manager', at: '2026-01-16T00:00:00.000Z', kind: 'binding' });
  });

  it('keep all of what is remembered of them at once, with what the redirect saw', async () => {
    const stores = makeStores();
    const house = anAttributionHouse({}, stores);
    const of = { programId: 'shop', customerId: named('remembered') };
    const days = [10, 11, 12, 13];
    await Promise.all(
      days.map((day) => house.remember({ ...of, clickToken: `genuine/noor/shop/click-${day}/2026-01-${day}` })),
    );
    const { touches } = await stores.conversions.history(of.programId, of.customerId);
    expect(touches?.map(({ clickId }) => clickId)).toEqual(days.map((day) => `click-${day}`));
    const sale = aSaleInput({ customerId: of.customerId, orderId: named('from-memory') });
    await house.recordConversion(sale);
    const stored = await stores.conversions.find('shop', sale.orderId);
    expect(stored).toMatchObject({ partnerId: 'noor', attribution: { why: 'last_touch' } });
    expect(stored?.attribution.touches).toHaveLength(days.length);
  });

  it('give a sale back as it was decided, with its rules', async () => {
    const stores = makeStores();
    const rules = {
      model: 'first_touch',
      windowDays: 7,
      codeBeatsLink: false,
      newCustomersOnly: true,
      bindCustomers: 'first_sale',
      bindingBeatsTouches: false,
      bindingMonths: 12,
    } as const;
    const house = anAttributionHouse(rules, stores);
    const sale = aSaleInput({
      customerId: named('kept'),
      orderId: named('kept'),
      code: 'TALLY10',
      isNewCustomer: true,
    });
    const { conversion } = await house.recordConversion(sale);
    expect(conversion.attribution.rules).toEqual(rules);
    expect(await stores.conversions.find('shop', sale.orderId)).toEqual(conversion);
  });
});

describe('items of earlier versions', () => {
  it('are read: a sale without its rules, a customer without bindings', async () => {
    const { documents, tableName: TableName } = table;
    const house = anAttributionHouse({}, engines[1]?.[1]());
    await house.recordConversion(aSaleInput({ customerId: 'old', orderId: 'old', code: 'TALLY10' }));
    const Key = conversionKey('shop', 'old');
    const UpdateExpression = 'REMOVE #rules, settingsVersion';
    await documents.send(
      new UpdateCommand({ TableName, Key, UpdateExpression, ExpressionAttributeNames: { '#rules': 'rules' } }),
    );
    const { conversion } = (await house.conversions.findOrder('shop', 'old')) ?? {};
    expect(conversion?.attribution).toMatchObject({ why: 'only_touch', rules: undefined, settingsVersion: undefined });
    expect(await house.conversions.history('shop', 'old')).toMatchObject({ first: { conversionId: 'old' } });
    const { Item } = await documents.send(new GetCommand({ TableName, Key: customerKey('shop', 'old') }));
    expect(Item).not.toHaveProperty('bindings');
  });

  it('lapse by the attribute that the table lets items lapse by', async () => {
    const { documents, tableName: TableName } = table;
    const house = anAttributionHouse({}, engines[1]?.[1]());
    await house.remember({ programId: 'shop', customerId: 'lapsing', clickToken: 'genuine/noor' });
    const Key = touchesKey('shop', 'lapsing');
    const { Item } = await documents.send(new GetCommand({ TableName, Key }));
    expect(Item?.expiresAt).toBe(Date.parse('2026-02-14T00:00:00Z') / 1_000);
    await documents.send(new PutCommand({ TableName, Item: { ...Key, touches: [], revision: 5 } }));
    expect(
      await makeTouchStore(table).save(
        { programId: 'shop', customerId: 'lapsing' },
        { touches: [], revision: 5 },
        minute(0),
      ),
    ).toBe('contended');
  });
});
