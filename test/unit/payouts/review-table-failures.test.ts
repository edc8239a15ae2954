import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { makePayoutHolds } from '#shared/adapters/dynamodb/money/runs/payout-holds';
import { makeRunReviews } from '#shared/adapters/dynamodb/money/runs/run-reviews';
import { wasHeldAfter } from '#shared/application/payouts/holds/payout-hold-ports';
import { at } from '#test/support/builders/payouts';
import { collected } from '#test/support/collected';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
const engine = mockClient(documents);
const table = { documents, tableName: 'Money' };
const asOf = at('2026-02-01T08:00:00Z');
const review = { programId: 'acme', runId: '2026-01.1', asOf };
const hold = { programId: 'acme', partnerId: 'p1', holdId: 'h1', reason: 'odd', by: 'person:a', at: asOf };
const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });

beforeEach(() => engine.reset());

it('never takes a review whose rows it cannot read for one without rows', async () => {
  engine.on(QueryCommand).resolves({ Items: [{ shard: '000000', ordinal: 0, rows: [{ partnerId: 'p1' }] }] });
  await expect(collected(makeRunReviews(table).pages(review))).rejects.toThrow();
  engine.on(QueryCommand).resolves({ Items: [{ shard: '000000', ordinal: 0, packed: Buffer.from('cut') }] });
  await expect(collected(makeRunReviews(table).pages(review))).rejects.toThrow();
  engine.on(QueryCommand).rejects(throttled);
  await expect(collected(makeRunReviews(table).pages(review))).rejects.toThrow('slow down');
});

it('puts no part of a review over another', async () => {
  engine.on(PutCommand).rejects(new ConditionalCheckFailedException({ message: 'there', $metadata: {} }));
  const page = { shard: '000000', ordinal: 0, rows: [] };
  await expect(makeRunReviews(table).putPage(review, page)).rejects.toThrow('there');
});

it('hands nothing over while it cannot tell whether a partner is held', async () => {
  engine.on(QueryCommand).rejects(throttled);
  await expect(wasHeldAfter(makePayoutHolds(table), 'acme', 'p1', at('2026-02-01T00:00:00Z'))).rejects.toThrow(
    'slow down',
  );
});

it('tells a hold that was written before from one that could not be written', async () => {
  engine.on(PutCommand).rejects(throttled);
  await expect(makePayoutHolds(table).hold(hold)).rejects.toThrow('slow down');
  engine.on(PutCommand).rejects(new ConditionalCheckFailedException({ message: 'there', $metadata: {} }));
  engine
    .on(GetCommand)
    .resolvesOnce({ Item: { ...hold, type: 'payout_hold', by: 'person:b' } })
    .resolves({});
  expect(await makePayoutHolds(table).hold(hold)).toMatchObject({ by: 'person:b' });
  expect(await makePayoutHolds(table).release(hold, { reason: 'fine', by: 'person:c', at: asOf })).toBe(false);
});
