import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { problemOf } from '#functions/runtime/http';
import { makeIdempotencyStore } from '#shared/adapters/dynamodb/idempotency-store';
import { makeConversionStore } from '#shared/adapters/dynamodb/referrals/sales/conversions';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import { makeRefundStore } from '#shared/adapters/dynamodb/referrals/sales/refunds';
import { aConversion, aRefund, instant, JANUARY } from '#test/support/builders/referrals';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
const engine = mockClient(documents);
const table = { documents, tableName: 'Referrals' };
const first = { first: { period: JANUARY, occurredAt: instant('2026-01-15T12:00:00Z'), conversionId: 'o1' } };

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });

beforeEach(() => engine.reset());

describe('conversions when the table refuses', () => {
  it.each([
    [['ConditionalCheckFailed', 'None'], 'exists'],
    [['ConditionalCheckFailed', 'ConditionalCheckFailed'], 'exists'],
    [['None', 'ConditionalCheckFailed'], 'contended'],
    [['TransactionConflict', 'None'], 'contended'],
    [['None', 'TransactionConflict'], 'contended'],
  ])('reads %j as %s', async (codes, outcome) => {
    engine.on(TransactWriteCommand).rejects(cancelled(...codes));
    expect(await makeConversionStore(table).add(aConversion(), first)).toBe(outcome);
  });

  it.each([['ValidationError'], ['ThrottlingError'], ['ItemCollectionSizeLimitExceeded']])(
    'does not take %s for a race',
    async (code) => {
      engine.on(TransactWriteCommand).rejects(cancelled('None', code));
      await expect(makeConversionStore(table).add(aConversion(), first)).rejects.toThrow('cancelled');
    },
  );

  it('passes throttling on, and the caller is told to repeat', async () => {
    engine.on(PutCommand).rejects(throttled);
    const failure = await makeConversionStore(table)
      .add(aConversion(), {})
      .catch((error: unknown) => error);
    expect(problemOf(failure)).toMatchObject({ status: 503, code: 'temporarily_unavailable' });
  });

  it('writes a returning customer with one put and no transaction', async () => {
    engine.on(PutCommand).resolves({});
    await makeConversionStore(table).add(aConversion(), {});
    expect(engine).toHaveReceivedCommandTimes(PutCommand, 1);
    expect(engine).not.toHaveReceivedCommand(TransactWriteCommand);
  });

  it('stops at an item that is not a conversion', async () => {
    engine.on(GetCommand).resolves({ Item: { pk: 'x', sk: 'CONVERSION', amountMinor: 1.5 } });
    await expect(makeConversionStore(table).find('shop', 'o1')).rejects.toThrow();
  });
});

describe('refunds when the table refuses', () => {
  it.each([
    [['ConditionalCheckFailed', 'None', 'ConditionalCheckFailed'], 'exists'],
    [['None', 'None', 'ConditionalCheckFailed'], 'exceeds'],
    [['None', 'None', 'TransactionConflict'], 'contended'],
    [['TransactionConflict', 'None', 'None'], 'contended'],
  ])('reads %j as %s', async (codes, outcome) => {
    engine.on(TransactWriteCommand).rejects(cancelled(...codes));
    engine.on(GetCommand).resolves({ Item: {} });
    expect(await makeRefundStore(table).add(aRefund(), 10_00n)).toBe(outcome);
  });

  it('is contended when the sale went to another partner meanwhile', async () => {
    engine.on(TransactWriteCommand).rejects(cancelled('None', 'None', 'ConditionalCheckFailed'));
    engine.on(GetCommand).resolves({ Item: { reattributions: 1 } });
    expect(await makeRefundStore(table).add(aRefund(), 10_00n)).toBe('contended');
  });
});

describe('first purchases when the table answers in part', () => {
  it('asks again for the keys left over', async () => {
    const item = (customerId: string) => ({
      pk: `shop#CUSTOMER#${customerId}`,
      sk: 'CUSTOMER',
      suppliedAt: '2020-01-01T00:00:00.000Z',
    });
    const left = { pk: 'shop#CUSTOMER#c2', sk: 'CUSTOMER' };
    engine
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: { Referrals: [item('c1')] }, UnprocessedKeys: { Referrals: { Keys: [left] } } })
      .resolvesOnce({ Responses: { Referrals: [item('c2')] } });
    const facts = makeReferralFacts({ ...table, pause: async () => {} });
    expect([...(await facts.firstPurchases('shop', ['c1', 'c2'])).keys()]).toEqual(['c1', 'c2']);
    expect(engine).toHaveReceivedNthCommandWith(BatchGetCommand, 2, {
      RequestItems: { Referrals: { Keys: [left], ConsistentRead: true } },
    });
  });

  it('gives up instead of answering in part', async () => {
    const Keys = [{ pk: 'shop#CUSTOMER#c1', sk: 'CUSTOMER' }];
    engine.on(BatchGetCommand).resolves({ Responses: {}, UnprocessedKeys: { Referrals: { Keys } } });
    const facts = makeReferralFacts({ ...table, pause: async () => {} });
    await expect(facts.firstPurchases('shop', ['c1'])).rejects.toThrow(/unread/);
  });
});

describe('an idempotency claim whose answer was lost', () => {
  it('is recognised as its own when the SDK repeats it', async () => {
    const refused = new ConditionalCheckFailedException({ message: 'exists', $metadata: {} });
    engine.on(PutCommand).callsFake((input) => {
      engine.on(GetCommand).resolves({ Item: input.Item });
      throw refused;
    });
    const store = makeIdempotencyStore({ ...table, clock: () => 0 });
    expect(await store.claim('scope', 'key', 'hash')).toEqual({ state: 'claimed' });
  });
});
