import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { disputeItem } from '#shared/adapters/dynamodb/partners/dispute-items';
import { makeDisputeStore } from '#shared/adapters/dynamodb/partners/disputes';
import { makeReattributionStore } from '#shared/adapters/dynamodb/referrals/sales/reattributions';
import { aDispute } from '#test/support/builders/disputes';
import { aConversion } from '#test/support/builders/referrals';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
const engine = mockClient(documents);
const disputes = makeDisputeStore({ documents, tableName: 'Partners', pause: async () => {} });
const LIMITS = { open: 3, aDay: 5 };

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

beforeEach(() => engine.reset());

describe('filing a dispute when the table refuses', () => {
  it.each([
    [['ConditionalCheckFailed', 'ConditionalCheckFailed', 'None', 'None'], { outcome: 'exists', openDisputeId: 'd1' }],
    [['None', 'ConditionalCheckFailed', 'ConditionalCheckFailed'], { outcome: 'exists', openDisputeId: 'd0' }],
    [['None', 'None', 'ConditionalCheckFailed', 'None'], { outcome: 'too_many_open' }],
    [['None', 'None', 'None', 'ConditionalCheckFailed'], { outcome: 'too_many_today' }],
    [['None', 'None', 'TransactionConflict', 'None'], { outcome: 'contended' }],
  ])('reads %j as it is', async (codes, outcome) => {
    engine.on(TransactWriteCommand).rejects(cancelled(...codes));
    engine.on(GetCommand).resolves({ Item: { openDisputeId: 'd0' } });
    expect(await disputes.file(aDispute(), LIMITS)).toEqual(outcome);
  });

  it('asks again when the one that was open has just ended', async () => {
    engine.on(TransactWriteCommand).rejects(cancelled('None', 'ConditionalCheckFailed'));
    engine.on(GetCommand).resolves({});
    expect(await disputes.file(aDispute(), LIMITS)).toEqual({ outcome: 'contended' });
  });

  it('does not take a fault for a race', async () => {
    engine.on(TransactWriteCommand).rejects(cancelled('ThrottlingError', 'None'));
    await expect(disputes.file(aDispute(), LIMITS)).rejects.toThrow('cancelled');
  });
});

describe('lists of disputes when the table answers in part', () => {
  it('go on behind a page that is full before it holds as many as are wanted', async () => {
    const item = (disputeId: string) => ({ ...disputeItem(aDispute({ disputeId })), expected: undefined });
    engine
      .on(QueryCommand)
      .resolvesOnce({ Items: [item('d1')], LastEvaluatedKey: { pk: 'x' } })
      .resolves({ Items: [item('d2')] });
    const { items } = await disputes.list('acme', ['open'], { limit: 5 });
    expect(items.map(({ disputeId }) => disputeId)).toEqual(['d1', 'd2']);
  });

  it('give up instead of leaving some out', async () => {
    const left = { pk: 'acme#DISPUTE#d1', sk: 'DISPUTE' };
    engine.on(QueryCommand).resolves({ Items: [{ sk: 'FILED#2026-03-10T09:00:00.000Z#d1' }] });
    engine.on(BatchGetCommand).resolves({ Responses: {}, UnprocessedKeys: { Partners: { Keys: [left] } } });
    await expect(disputes.ofPartner('acme', 'mira', { limit: 5 })).rejects.toThrow('unread');
  });

  it('stop at an item that is no dispute', async () => {
    engine.on(GetCommand).resolves({ Item: { ...disputeItem(aDispute()), status: 'lost' } });
    await expect(disputes.find('acme', 'd1')).rejects.toThrow();
  });
});

describe('a re-attribution when the table refuses', () => {
  const conversion = aConversion({ partnerId: 'noor', reattributions: 1, firstPurchasePeriod: aConversion().period });
  const stamp = { partnerId: 'noor', period: conversion.period, nettedMinor: 0n, refunds: [] };
  const record = {
    reattributionId: 're1',
    sequence: 1,
    at: conversion.recordedAt,
    by: 'person:manager',
    reason: 'Late',
    before: stamp,
    after: stamp,
  };
  const before = { conversion: aConversion(), refunds: [], reattributions: [] };
  const save = () =>
    makeReattributionStore({ documents, tableName: 'Referrals' }).save(before, {
      record,
      conversion,
      refunds: [],
      former: { refunds: [] },
    });

  it.each([
    ['ConditionalCheckFailed', 'None'],
    ['None', 'ConditionalCheckFailed'],
    ['TransactionConflict', 'None'],
  ])('reads %s, %s as another writer', async (...codes) => {
    engine.on(TransactWriteCommand).rejects(cancelled(...codes));
    expect(await save()).toBe('contended');
  });

  it('passes a fault on', async () => {
    engine.on(TransactWriteCommand).rejects(cancelled('ValidationError', 'None'));
    await expect(save()).rejects.toThrow('cancelled');
  });
});
