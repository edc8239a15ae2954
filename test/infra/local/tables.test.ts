import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DynamodbCall, makeDynamodbCall } from '#infra/local/dynamodb-client';
import type { DynamodbEngine } from '#infra/local/dynamodb-engine';
import { ensureTable, sweepTable } from '#infra/local/dynamodb-tables';
import type { Resource } from '#infra/local/model';
import { startDynoxide } from '#test/support/dynoxide';
import { removeFolder } from '#test/support/remove-folder';

const dir = mkdtempSync(join(tmpdir(), 'tallystick-tables-'));
let engine: DynamodbEngine;
let call: DynamodbCall;
beforeAll(async () => {
  engine = await startDynoxide({ dir });
  call = makeDynamodbCall(engine.endpoint);
});
afterAll(async () => {
  await engine?.stop();
  removeFolder(dir);
});

const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const hash = (AttributeName: string) => [{ AttributeName, KeyType: 'HASH' }];
const index = (name: string) => ({
  IndexName: `by-${name}`,
  KeySchema: hash(name),
  Projection: { ProjectionType: 'ALL' },
});
const aTable = (name: string, more: object = {}): Resource => ({
  stack: 'Test',
  logicalId: name,
  type: 'AWS::DynamoDB::Table',
  name,
  arn: `arn:aws:dynamodb:us-east-1:0:table/${name}`,
  ref: name,
  properties: { KeySchema: hash('pk'), AttributeDefinitions: [attribute('pk')], ...more },
});

test('a table is made once and keeps its items when it is asked for again', async () => {
  await ensureTable(call, aTable('orders'));
  await call('PutItem', { TableName: 'orders', Item: { pk: { S: 'a' } } });
  await ensureTable(call, aTable('orders'));
  expect((await call('GetItem', { TableName: 'orders', Key: { pk: { S: 'a' } } })).Item).toEqual({ pk: { S: 'a' } });
});

test('an index that the template gained is added with what is already there', async () => {
  await ensureTable(call, aTable('grown'));
  await call('PutItem', { TableName: 'grown', Item: { pk: { S: 'a' }, kind: { S: 'x' } } });
  const indexes = [index('kind')];
  await ensureTable(
    call,
    aTable('grown', { AttributeDefinitions: [attribute('pk'), attribute('kind')], GlobalSecondaryIndexes: indexes }),
  );
  const found = await call('Query', {
    TableName: 'grown',
    IndexName: 'by-kind',
    KeyConditionExpression: 'kind = :k',
    ExpressionAttributeValues: { ':k': { S: 'x' } },
  });
  expect(found.Count).toBe(1);
});

test('a stream that the template gained is added, with what is written from then on', async () => {
  await ensureTable(call, aTable('streamed'));
  await call('PutItem', { TableName: 'streamed', Item: { pk: { S: 'before' } } });
  const wanted = aTable('streamed', { StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } });
  const StreamArn = await ensureTable(call, wanted);
  expect(await ensureTable(call, wanted)).toBe(StreamArn);
  await call('PutItem', { TableName: 'streamed', Item: { pk: { S: 'after' } } });
  const { Shards } = (await call('DescribeStream', { StreamArn })).StreamDescription as {
    Shards: { ShardId: string }[];
  };
  const asked = { StreamArn, ShardId: Shards[0]?.ShardId, ShardIteratorType: 'TRIM_HORIZON' };
  const { ShardIterator } = await call('GetShardIterator', asked);
  const records = (await call('GetRecords', { ShardIterator })).Records as { dynamodb: { Keys: unknown } }[];
  expect(records.map(({ dynamodb }) => dynamodb.Keys)).toEqual([{ pk: { S: 'after' } }]);
});

test.each([
  ['keys', { KeySchema: hash('other'), AttributeDefinitions: [attribute('other')] }],
  ['stream', { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }],
])('other %s than in the data directory stop with advice', async (what, more) => {
  const StreamSpecification = { StreamViewType: 'NEW_AND_OLD_IMAGES' };
  await ensureTable(call, aTable(`fixed-${what}`, { StreamSpecification }));
  await expect(ensureTable(call, aTable(`fixed-${what}`, more))).rejects.toThrow(
    `its ${what} in the data directory is not what the template`,
  );
});

test('the sweep removes what has expired and nothing else', async () => {
  await ensureTable(call, aTable('swept'));
  const items = { old: { N: '999' }, now: { N: '1000' }, later: { N: '2000' }, text: { S: '5' } };
  for (const [pk, expiresAt] of Object.entries(items))
    await call('PutItem', { TableName: 'swept', Item: { pk: { S: pk }, expiresAt } });
  await call('PutItem', { TableName: 'swept', Item: { pk: { S: 'forever' } } });
  expect(await sweepTable(call, aTable('swept'), 'expiresAt', new AbortController().signal, 1000)).toBe(1);
  const left = (await call('Scan', { TableName: 'swept' })).Items as { pk: { S: string } }[];
  expect(left.map((item) => item.pk.S).sort()).toEqual(['forever', 'later', 'now', 'text']);
});
