import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeClickRollups } from '#shared/adapters/dynamodb/referrals/clicks/click-rollups';
import { makeClickReads } from '#shared/adapters/dynamodb/referrals/clicks/click-series';
import { clickSpreadKey, clickTotalKey, countingKey } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { aClickToCount } from '#test/support/builders/clicks';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
const engine = mockClient(documents);
let chance = 0;
let paused = 0;
const deps = {
  documents,
  tableName: 'Referrals',
  pause: async (ms: number) => {
    paused += ms;
  },
  // Another shard at every draw.
  random: () => {
    chance = (chance + 1 / 64) % 1;
    return chance;
  },
  newToken: () => 'ours',
};
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
const refused = (item?: Record<string, unknown>) =>
  new ConditionalCheckFailedException({ message: 'refused', $metadata: {}, ...(item ? { Item: marshall(item) } : {}) });
const nobody = aClickToCount({ visitor: '-' });
const count = (click = nobody) => makeClickRollups(deps).count([click]);

beforeEach(() => {
  engine.reset();
  engine.on(PutCommand).resolves({});
  engine.on(GetCommand).resolves({});
  engine.on(TransactWriteCommand).resolves({});
  paused = 0;
});

describe('counting when the table refuses', () => {
  const shardsUsed = () =>
    engine
      .commandCalls(TransactWriteCommand)
      .map((call) => String(call.args[0].input.TransactItems?.[1]?.Update?.Key?.pk).split('#').at(-1));

  it('adds to another shard when one is busy', async () => {
    engine.on(GetCommand, { Key: clickSpreadKey('shop', 'spring') }).resolves({ Item: { shardCount: 64 } });
    engine
      .on(TransactWriteCommand)
      .rejectsOnce(cancelled('None', 'TransactionConflict'))
      .rejectsOnce(cancelled('None', 'ThrottlingError'))
      .resolves({});
    expect(await count()).toBe(1);
    expect(new Set(shardsUsed()).size).toBe(3);
    expect(engine.commandCalls(UpdateCommand)).toHaveLength(0);
  });

  it('spreads a link that stays busy, eightfold each time, up to 512 shards', async () => {
    const busy = cancelled('None', 'TransactionConflict');
    const calls = engine.on(TransactWriteCommand);
    for (let conflict = 0; conflict < 12; conflict += 1) calls.rejectsOnce(busy);
    calls.resolves({});
    let stored = 1;
    engine.on(UpdateCommand).callsFake(({ ExpressionAttributeValues }) => {
      stored = ExpressionAttributeValues[':to'];
      return {};
    });
    engine
      .on(GetCommand, { Key: clickSpreadKey('shop', 'spring') })
      .callsFake(() => (stored === 1 ? {} : { Item: { shardCount: stored } }));
    expect(await count()).toBe(1);
    const grown = engine
      .commandCalls(UpdateCommand)
      .map((call) => call.args[0].input.ExpressionAttributeValues?.[':to']);
    expect(grown).toEqual([8, 64, 512]);
    expect(shardsUsed().slice(0, 3)).toEqual(['0', '0', '0']);
  });

  it('takes over the spread that another has made', async () => {
    const busy = cancelled('None', 'TransactionConflict');
    engine.on(TransactWriteCommand).rejectsOnce(busy).rejectsOnce(busy).rejectsOnce(busy).resolves({});
    engine.on(UpdateCommand).rejects(refused());
    expect(await count()).toBe(1);
    engine
      .on(GetCommand, { Key: clickSpreadKey('shop', 'spring') })
      .resolvesOnce({})
      .resolves({ Item: { shardCount: 64 } });
    engine.on(TransactWriteCommand).rejectsOnce(busy).rejectsOnce(busy).rejectsOnce(busy).resolves({});
    expect(await count()).toBe(1);
    expect(engine.commandCalls(UpdateCommand)).toHaveLength(1);
  });

  it('gives up on counters that stay busy: the delivery comes again', async () => {
    engine.on(TransactWriteCommand).rejects(cancelled('None', 'TransactionConflict'));
    await expect(count()).rejects.toThrow('contended');
    expect(engine.commandCalls(TransactWriteCommand)).toHaveLength(15);
  });

  it('takes no other cancellation for a race', async () => {
    engine.on(TransactWriteCommand).rejects(cancelled('None', 'ValidationError'));
    await expect(count()).rejects.toThrow('cancelled');
    expect(engine.commandCalls(TransactWriteCommand)).toHaveLength(1);
  });

  it('finds its own counting done when the answer to it was lost', async () => {
    engine.on(TransactWriteCommand).rejects(cancelled('ConditionalCheckFailed', 'None'));
    engine.on(GetCommand, { Key: countingKey('shop', 'ours') }).resolves({ Item: { ending: 'counted' } });
    expect(await count()).toBe(1);
  });

  it('finds its own claim when the answer to it was lost', async () => {
    engine.on(PutCommand).rejects(refused({ countedBy: 'ours' }));
    expect(await count()).toBe(1);
  });

  it('leaves to another counting what that has counted, after waiting for it', async () => {
    engine.on(PutCommand).rejects(refused({ countedBy: 'theirs' }));
    engine
      .on(GetCommand)
      .resolvesOnce({})
      .resolvesOnce({})
      .resolves({ Item: { ending: 'counted' } });
    expect(await count()).toBe(0);
    expect(paused).toBe(150);
    expect(engine.commandCalls(TransactWriteCommand)).toHaveLength(0);
  });

  it('does not end a counting that ends in the same moment', async () => {
    const conflict = new TransactionConflictException({ message: 'conflict', $metadata: {} });
    engine.on(PutCommand).callsFake(({ Item }) => {
      throw Item.ending === 'void' ? conflict : refused({ countedBy: 'theirs' });
    });
    let reads = 0;
    engine.on(GetCommand).callsFake(() => (++reads > 7 ? { Item: { ending: 'counted' } } : {}));
    expect(await count()).toBe(0);
    expect(reads).toBe(8);
  });

  it('gives up on clicks that others keep taking: the delivery comes again', async () => {
    engine.on(PutCommand).rejects(refused({ countedBy: 'theirs' }));
    engine.on(GetCommand).resolves({ Item: { ending: 'void' } });
    await expect(count()).rejects.toThrow('stayed with other deliveries');
  });

  it('takes no other error for a refusal', async () => {
    engine.on(PutCommand).rejects(new Error('throttled'));
    await expect(count()).rejects.toThrow('throttled');
    engine.on(PutCommand).rejects(refused());
    await expect(count()).rejects.toThrow('came without what it met');
  });

  it('appends a value again when another delivery was first, and gives up after some times', async () => {
    engine
      .on(UpdateCommand)
      .rejectsOnce(refused({ f: ['FR'] }))
      .resolves({ Attributes: { f: ['FR', 'DE'] } });
    expect(await count({ ...nobody, country: 'DE' })).toBe(1);
    const [, ...updates] = engine.commandCalls(TransactWriteCommand)[0]?.args[0].input.TransactItems ?? [];
    expect(JSON.stringify(updates)).toContain('f2c');
    engine.on(UpdateCommand).rejects(refused({ f: ['FR'] }));
    await expect(count({ ...nobody, country: 'DE' })).rejects.toThrow('stayed contended');
    engine.on(UpdateCommand).rejects(new Error('throttled'));
    await expect(count({ ...nobody, country: 'DE' })).rejects.toThrow('throttled');
  });

  it('asks again for totals that the table left unread, and not for ever', async () => {
    const Keys = [clickTotalKey('shop', 'spring', 0)];
    engine
      .on(BatchGetCommand)
      .resolvesOnce({ UnprocessedKeys: { Referrals: { Keys } } })
      .resolves({ Responses: { Referrals: [{ ...Keys[0], clicks: 3 }] } });
    const reads = makeClickReads(deps);
    expect((await reads.totals('shop', ['spring'])).get('spring')).toMatchObject({ clicks: 3, visitors: 0 });
    engine.on(BatchGetCommand).resolves({ UnprocessedKeys: { Referrals: { Keys } } });
    await expect(reads.totals('shop', ['spring'])).rejects.toThrow('unread');
  });
});
