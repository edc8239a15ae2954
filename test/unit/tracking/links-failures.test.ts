import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeLinkStore } from '#shared/adapters/dynamodb/referrals/links/links';
import { aLink, instant } from '#test/support/builders/referrals';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
const engine = mockClient(documents);
const links = makeLinkStore({ documents, tableName: 'Referrals' });
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
const CHANGE = { sequence: 1, at: instant('2026-01-16T00:00:00Z'), by: 'person:a', before: {}, after: {} };

beforeEach(() => engine.reset());

describe('links when the table refuses', () => {
  it.each([
    [['ConditionalCheckFailed', 'None', 'ConditionalCheckFailed'], 'taken'],
    [['None', 'ConditionalCheckFailed', 'None'], 'taken'],
    [['None', 'None', 'ConditionalCheckFailed'], 'looks_alike'],
    [['None', 'None', 'TransactionConflict'], 'contended'],
    [['TransactionConflict', 'None', 'None'], 'contended'],
  ])('reads %j of a new one as %s', async (codes, outcome) => {
    engine.on(TransactWriteCommand).rejects(cancelled(...codes));
    expect(await links.add(aLink())).toBe(outcome);
  });

  it('repeats a change that another was faster than, and takes nothing else for a race', async () => {
    engine.on(TransactWriteCommand).rejects(cancelled('ConditionalCheckFailed', 'None', 'None'));
    expect(await links.change(aLink({ version: 1 }), CHANGE)).toBe('contended');
    engine.on(TransactWriteCommand).rejects(cancelled('None', 'ValidationError', 'None'));
    await expect(links.change(aLink({ version: 1 }), CHANGE)).rejects.toThrow('cancelled');
    await expect(links.add(aLink())).rejects.toThrow('cancelled');
  });
});
