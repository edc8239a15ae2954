import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeLedger } from '#shared/adapters/dynamodb/money/ledger/ledger';
import { writeOnce, writeTogether } from '#shared/adapters/dynamodb/money/money-transaction';
import { makeAdvancePayout } from '#shared/application/payouts/paying/advance-payout';
import { postingOf } from '#shared/application/payouts/paying/post-statements';
import { applyStep } from '#shared/domain/ledger/payout';
import { aPayout, aStatement, at } from '#test/support/builders/payouts';
import { makeFakeLedger } from '#test/support/fakes/ledger';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
const dynamodb = mockClient(documents);
beforeEach(() => dynamodb.reset());

const cancelled = (...codes: readonly string[]): TransactionCanceledException =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
const waits: number[] = [];
const noWait = async (ms: number): Promise<void> => {
  waits.push(ms);
};
const ITEMS = [{ Put: { TableName: 'Money', Item: { pk: 'a', sk: 'b' } } }];

describe('a transaction on the Money table', () => {
  it('is refused when one of its conditions does not hold', async () => {
    dynamodb.on(TransactWriteCommand).rejects(cancelled('None', 'ConditionalCheckFailed'));
    expect(await writeTogether(documents, ITEMS, noWait)).toBe('refused');
    expect(dynamodb).toHaveReceivedCommandTimes(TransactWriteCommand, 1);
  });

  it('is repeated while it meets another one on the same balance', async () => {
    waits.length = 0;
    dynamodb
      .on(TransactWriteCommand)
      .rejectsOnce(cancelled('None', 'TransactionConflict'))
      .rejectsOnce(cancelled('None', 'TransactionConflict'))
      .resolves({});
    expect(await writeTogether(documents, ITEMS, noWait)).toBe('applied');
    expect(waits).toHaveLength(2);
  });

  it('gives up after a bounded number of conflicts, so that the task is repeated instead', async () => {
    dynamodb.on(TransactWriteCommand).rejects(cancelled('TransactionConflict'));
    await expect(writeTogether(documents, ITEMS, noWait)).rejects.toThrow('cancelled');
    expect(dynamodb).toHaveReceivedCommandTimes(TransactWriteCommand, 25);
  });

  it.each(['ValidationError', 'ItemCollectionSizeLimitExceeded'])('is not repeated after %s', async (code) => {
    dynamodb.on(TransactWriteCommand).rejects(cancelled('None', code));
    await expect(writeTogether(documents, ITEMS, noWait)).rejects.toThrow('cancelled');
    expect(dynamodb).toHaveReceivedCommandTimes(TransactWriteCommand, 1);
  });

  it('passes on an error that tells nothing about the outcome', async () => {
    dynamodb.on(TransactWriteCommand).rejects(new Error('socket hang up'));
    await expect(writeTogether(documents, ITEMS, noWait)).rejects.toThrow('socket hang up');
  });
});

describe('a transaction of a fact, whose period must be fresh', () => {
  it('is sent once: after a conflict its caller stamps it anew', async () => {
    dynamodb.on(TransactWriteCommand).rejects(cancelled('None', 'TransactionConflict'));
    expect(await writeOnce(documents, ITEMS)).toBe('contended');
    expect(dynamodb).toHaveReceivedCommandTimes(TransactWriteCommand, 1);
    dynamodb.reset();
    dynamodb
      .on(TransactWriteCommand)
      .rejectsOnce(cancelled('ConditionalCheckFailed'))
      .rejectsOnce(cancelled('ValidationError'));
    expect(await writeOnce(documents, ITEMS)).toBe('refused');
    await expect(writeOnce(documents, ITEMS)).rejects.toThrow('cancelled');
    dynamodb.reset();
    dynamodb.on(TransactWriteCommand).resolves({});
    expect(await writeOnce(documents, ITEMS)).toBe('applied');
  });
});

describe('the ledger on the Money table', () => {
  const ledger = makeLedger({ documents, tableName: 'Money' });
  const at0 = at('2026-02-02T12:00:00Z');

  it('writes the entry, the payout and the balance of a posting in one call, each guarded', async () => {
    dynamodb.on(TransactWriteCommand).resolves({});
    const run = { runId: '2026-01.1', period: '2026-01', decidedAt: at0, holds: new Set() } as never;
    await ledger.post(postingOf({ programId: 'acme', run, statement: aStatement(), blocked: undefined, at: at0 })!);
    const { TransactItems = [] } = dynamodb.commandCalls(TransactWriteCommand)[0]!.args[0].input;
    expect(TransactItems.map((item) => item.Put?.ConditionExpression ?? item.Update?.UpdateExpression)).toEqual([
      'attribute_not_exists(pk)',
      'attribute_not_exists(pk)',
      expect.stringContaining('ADD payableMinor :payable, reservedMinor :reserved'),
    ]);
    expect(TransactItems[2]?.Update?.ExpressionAttributeValues).toMatchObject({
      ':payable': 12_345n,
      ':reserved': 12_345n,
    });
  });

  it('leaves the balance alone when no money moves', async () => {
    dynamodb.on(TransactWriteCommand).resolves({});
    const claim = applyStep(aPayout(), { type: 'claim', rail: 'sandbox', runId: '2026-01.1' }, at0)!;
    await ledger.change(claim);
    const { TransactItems = [] } = dynamodb.commandCalls(TransactWriteCommand)[0]!.args[0].input;
    expect(TransactItems.map(({ Put }) => Put?.Item?.type)).toEqual(['payout', 'payout_change']);
  });
});

describe('a step whose answer was lost after its commit', () => {
  it('is found done at the repeat and changes nothing again', async () => {
    const fake = makeFakeLedger();
    const posting = { programId: 'acme', partnerId: 'p1', currency: 'GBP', postedAt: at('2026-02-02T00:00:00Z') };
    await fake.ledger.post({ ...posting, payout: aPayout({ status: 'submitting' }) });
    const advance = makeAdvancePayout({ ...fake, clock: () => Date.parse('2026-02-03T00:00:00Z') });
    const seenBefore = (await fake.payouts.get('acme', aPayout().payoutId))!;
    await advance(seenBefore, { type: 'accepted' });
    const after = await advance(seenBefore, { type: 'accepted' });
    expect(after.status).toBe('submitted');
    expect(fake.entries).toHaveLength(1);
  });

  it('never goes back in time, also when this clock is behind the one before', async () => {
    const fake = makeFakeLedger();
    const payout = aPayout({ status: 'submitting', updatedAt: at('2026-02-02T11:00:00Z') });
    await fake.ledger.post({ programId: 'acme', partnerId: 'p1', currency: 'GBP', postedAt: payout.createdAt, payout });
    const advance = makeAdvancePayout({ ...fake, clock: () => Date.parse('2026-01-01T00:00:00Z') });
    expect((await advance(payout, { type: 'accepted' })).updatedAt).toBe('2026-02-02T11:00:00.000Z');
  });
});
