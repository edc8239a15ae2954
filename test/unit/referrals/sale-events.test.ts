import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it, vi } from 'vitest';
import { makeHandler } from '#functions/referrals/events/publish-referral-events';
import { matchesPattern } from '#infra/local/event-pattern';
import { SALE_RECORDS, saleChangeOfRecord } from '#shared/adapters/dynamodb/referrals/sales/sale-stream';
import { saleEvents } from '#shared/application/referrals/sales/sale-events';
import { type DomainEvent, domainEventSchema } from '#shared/contracts/events';

vi.hoisted(() => {
  Object.assign(process.env, { EVENT_BUS_NAME: 'bus', PARTNERS_TABLE: 'partners', CONFIG_TTL_SECONDS: '30' });
});

type Item = Record<string, unknown>;

/** As stored by the first version that recorded sales. */
const SALE: Item = {
  pk: 'acme#ORDER#o1',
  sk: 'CONVERSION',
  factsPk: 'acme#p1#2026-02',
  factsSk: 'C#2026-01-10T09:00:00.000Z#o1',
  programId: 'acme',
  orderId: 'o1',
  customerId: 'c1',
  partnerId: 'p1',
  occurredAt: '2026-01-10T09:00:00.000Z',
  period: '2026-02',
  amountMinor: 10_000,
  currency: 'GBP',
  refundedMinor: 0,
  nettedMinor: 0,
  touches: [],
  why: 'code',
  recordedAt: '2026-01-10T09:00:05.000Z',
  contentHash: 'hash',
};
const HELD: Item = {
  ...SALE,
  earnsNothing: 'fraud_hold',
  signals: [{ code: 'velocity' }],
  holdUntil: '2026-01-20T09:00:00.000Z',
};
const MOVED_AT = '2026-01-12T09:00:00.000Z';
const moved = (item: Item, over: Item): Item => {
  const { earnsNothing: _, ...rest } = item;
  return { ...rest, reattributions: 1, reattributedAt: MOVED_AT, ...over };
};

function recordOf(after: Item | undefined, before?: Item): DynamoDBRecord {
  const image = (item: Item | undefined) => item && (marshall(item, { removeUndefinedValues: true }) as never);
  const { pk, sk } = (after ?? before) as { pk: string; sk: string };
  return {
    eventName: before ? 'MODIFY' : 'INSERT',
    dynamodb: {
      SequenceNumber: '1',
      Keys: marshall({ pk, sk }) as never,
      ...(after ? { NewImage: image(after) } : {}),
      ...(before ? { OldImage: image(before) } : {}),
    },
  };
}
const isDelivered = (record: DynamoDBRecord): boolean =>
  SALE_RECORDS.some((pattern) => matchesPattern(pattern, record));
function told(after: Item, before?: Item): readonly DomainEvent[] {
  const record = recordOf(after, before);
  const change = isDelivered(record) ? saleChangeOfRecord(record) : undefined;
  const events = change ? saleEvents(change.before, change.after) : [];
  for (const event of events) domainEventSchema.parse(event);
  return events;
}
const RECORDED = {
  type: 'conversion.recorded',
  eventId: 'acme/o1/recorded/p1',
  programId: 'acme',
  partnerId: 'p1',
  orderId: 'o1',
  soldAt: '2026-01-10T09:00:00.000Z',
  amount: { minor: 10_000, currency: 'GBP' },
  occurredAt: '2026-01-10T09:00:05.000Z',
};

describe('what a sale tells its partner', () => {
  it('is that it is recorded, the same however often it is read', () => {
    expect(told(SALE)).toEqual([RECORDED]);
    expect(told(SALE)).toEqual(told(SALE));
  });

  it('is that it is held, and not why; and that it is recorded once it is released', () => {
    const held = told(HELD);
    expect(held).toEqual([{ ...RECORDED, type: 'conversion.held', eventId: 'acme/o1/held/p1' }]);
    expect(JSON.stringify(held)).not.toContain('velocity');
    expect(told(moved(HELD, { holdChanges: 1 }), HELD)).toEqual([{ ...RECORDED, occurredAt: MOVED_AT }]);
  });

  it('says that it is of an import when it took place more than a week before, and not of one that waited for its release', () => {
    const late = { occurredAt: '2026-01-03T09:00:04.999Z' };
    expect(told({ ...SALE, ...late })).toMatchObject([{ type: 'conversion.recorded', isLate: true }]);
    expect(told({ ...HELD, ...late })).toMatchObject([{ type: 'conversion.held', isLate: true }]);
    expect(told({ ...SALE, occurredAt: '2026-01-03T09:00:05.000Z' })[0]).not.toHaveProperty('isLate');
    expect(told(moved({ ...HELD, ...late }, {}), { ...HELD, ...late })[0]).not.toHaveProperty('isLate');
  });

  it('is that it is held after it was recorded', () => {
    expect(told({ ...HELD, reattributedAt: MOVED_AT, holdChanges: 1 }, SALE)).toMatchObject([
      { type: 'conversion.held', occurredAt: MOVED_AT },
    ]);
  });

  it('is nothing when it is voided, refunded, or its own purchase', () => {
    expect(told(moved(HELD, { earnsNothing: 'fraud_void' }), HELD)).toEqual([]);
    expect(told({ ...SALE, refundedMinor: 500 }, SALE)).toEqual([]);
    const again = moved(SALE, {});
    expect(told({ ...again, refundedMinor: 500 }, again)).toEqual([]);
    expect(told({ ...SALE, earnsNothing: 'self_referral' })).toEqual([]);
  });

  it('goes to the partner that gets it later', () => {
    expect(told(moved(SALE, { partnerId: 'p2' }), SALE)).toEqual([
      { ...RECORDED, partnerId: 'p2', eventId: 'acme/o1/recorded/p2', occurredAt: MOVED_AT },
    ]);
    const { partnerId: _, ...unclaimed } = SALE;
    expect(told(unclaimed)).toEqual([]);
    expect(told(moved(SALE, {}), unclaimed)).toMatchObject([{ partnerId: 'p1' }]);
  });

  it('is the part of each partner of a split sale', () => {
    const credits = [
      { partnerId: 'p1', shareBps: 7_000 },
      { partnerId: 'p2', shareBps: 3_000 },
    ];
    const { partnerId: _, ...whole }: Item = { ...SALE, credits };
    const part = (partnerId: string, amountMinor: number) => ({
      ...SALE,
      sk: `PART#${partnerId}`,
      partnerId,
      amountMinor,
    });
    const events = [whole, part('p1', 7_000), part('p2', 3_000)].flatMap((item) => told(item));
    expect(events.map((event) => 'amount' in event && [event.eventId, event.amount.minor])).toEqual([
      ['acme/o1/recorded/p1', 7_000],
      ['acme/o1/recorded/p2', 3_000],
    ]);
  });
});

describe('what the function is called for', () => {
  it.each([
    ['a click', { pk: 'SLUG#x', sk: 'DAY#2026-01-10', clicks: 3 }],
    ['a customer', { pk: 'acme#CUSTOMER#c1', sk: 'CUSTOMER' }],
    ['a refund', { pk: 'acme#ORDER#o1', sk: 'REFUND#r1', partnerId: 'p1' }],
    ['a part of a refund', { pk: 'acme#ORDER#o1', sk: 'REFUND_PART#r1#p1', partnerId: 'p1' }],
    ['what a closed month keeps', { ...SALE, sk: 'FORMER#000001#CONVERSION' }],
    ['a hold', { pk: 'acme#ORDER#o1', sk: 'HOLD', partnerIds: ['p1'] }],
  ])('is not %s', (_what, item) => {
    expect(isDelivered(recordOf(item))).toBe(false);
    expect(saleChangeOfRecord(recordOf(item))).toBeUndefined();
  });
});

describe('the function', () => {
  const stream = { Records: [recordOf(SALE), recordOf({ ...HELD, pk: 'acme#ORDER#o2', orderId: 'o2' })] };
  const publishing = async (wants: (programId: string) => Promise<boolean>, refuses: readonly string[] = []) => {
    const published: DomainEvent[] = [];
    const handler = makeHandler({ wants }, async (events) => {
      published.push(...events);
      return events.filter(({ type }) => refuses.includes(type));
    });
    return { published, answer: await handler(stream) };
  };

  it('publishes recorded sales only where somebody wants each, and held ones always', async () => {
    expect((await publishing(async () => false)).published.map(({ type }) => type)).toEqual(['conversion.held']);
    expect((await publishing(async () => true)).published.map(({ type }) => type)).toEqual([
      'conversion.recorded',
      'conversion.held',
    ]);
  });

  it('is called again with what the bus refused, and when nobody could say what is wanted', async () => {
    expect((await publishing(async () => true, ['conversion.recorded'])).answer.batchItemFailures).toHaveLength(1);
    await expect(publishing(async () => Promise.reject(new Error('throttled')))).rejects.toThrow('throttled');
  });
});
