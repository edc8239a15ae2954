import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { problemOf } from '#functions/runtime/http';
import { makeCodeStore } from '#shared/adapters/dynamodb/referrals/codes/codes';
import { makeRedemptionCounts } from '#shared/adapters/dynamodb/referrals/codes/redemption-counts';
import { makeRedemptionStore } from '#shared/adapters/dynamodb/referrals/codes/redemptions';
import { timeZoneOf } from '#shared/adapters/time-zones';
import { makeCountRedemptions } from '#shared/application/referrals/redemptions/count-redemptions';
import { aCode, aRedemption, instant } from '#test/support/builders/referrals';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
const engine = mockClient(documents);
const table = { documents, tableName: 'Referrals' };
const NOW = instant('2026-01-15T12:00:00Z');
const SEAT = { index: 0, places: 1 };
const held = aRedemption({ limited: true, shard: 0 });

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

beforeEach(() => engine.reset());

describe('redemptions when the table refuses', () => {
  it.each([
    [['ConditionalCheckFailed', 'None'], 'exists'],
    [['TransactionConflict', 'None'], 'exists'],
    [['None', 'ConditionalCheckFailed'], 'contended'],
    [['None', 'TransactionConflict'], 'contended'],
  ])('reads %j as %s', async (codes, outcome) => {
    engine.on(TransactWriteCommand).rejects(cancelled(...codes));
    expect(await makeRedemptionStore(table).reserve(held, NOW, SEAT)).toBe(outcome);
  });

  it('does not take a fault for a race, and tells the caller to repeat what passes', async () => {
    engine.on(TransactWriteCommand).rejects(cancelled('None', 'ValidationError'));
    await expect(makeRedemptionStore(table).reserve(held, NOW, SEAT)).rejects.toThrow('cancelled');
    const conflict = Object.assign(new Error('busy'), { name: 'TransactionConflictException' });
    engine.on(PutCommand).rejects(conflict);
    const failure = await makeRedemptionStore(table)
      .reserve(aRedemption(), NOW)
      .catch((error: unknown) => error);
    expect(problemOf(failure)).toMatchObject({ status: 503 });
  });

  it('writes one without a limit with one plain write each', async () => {
    engine.on(PutCommand).resolves({});
    engine.on(UpdateCommand).resolves({});
    const redemptions = makeRedemptionStore(table);
    await redemptions.reserve(aRedemption(), NOW);
    await redemptions.confirm(aRedemption());
    await redemptions.release(aRedemption());
    expect(engine).not.toHaveReceivedCommand(TransactWriteCommand);
    engine.on(UpdateCommand).rejects(new ConditionalCheckFailedException({ message: 'no', $metadata: {} }));
    expect(await redemptions.confirm(aRedemption())).toBe('changed');
  });
});

describe('codes when the table refuses', () => {
  it.each([
    [['ConditionalCheckFailed', 'None', 'None'], 'taken'],
    [['None', 'ConditionalCheckFailed', 'None'], 'request_done'],
    [['TransactionConflict', 'None', 'None'], 'contended'],
  ])('reads %j as %s', async (codes, outcome) => {
    engine.on(TransactWriteCommand).rejects(cancelled(...codes));
    expect(await makeCodeStore(table).add(aCode(), 'request')).toBe(outcome);
  });

  it('changes nothing that was changed meanwhile, and hides no fault', async () => {
    const record = { sequence: 1, at: NOW, by: 'person:manager', before: {}, after: {} };
    engine.on(TransactWriteCommand).rejects(cancelled('ConditionalCheckFailed', 'None', 'None'));
    expect(await makeCodeStore(table).change(aCode({ version: 1 }), record)).toBe('contended');
    engine.on(TransactWriteCommand).rejects(cancelled('ThrottlingError'));
    await expect(makeCodeStore(table).change(aCode({ version: 1 }), record)).rejects.toThrow('cancelled');
  });
});

describe('counting redemptions from the log', () => {
  const confirmed = { redemptionId: 'rd1', code: 'TA11Y10', status: 'confirmed' };
  const line = (redemptionId: string) => JSON.stringify({ type: 'redemption', programId: 'shop', redemptionId });
  const counting = () => {
    const warned: unknown[] = [];
    const counts = makeRedemptionCounts({ ...table, pause: async () => {}, random: () => 0 });
    const programs = { get: async () => ({ timeZone: 'UTC' }) as never, zone: timeZoneOf };
    const count = makeCountRedemptions({
      counts,
      programs,
      log: { warn: (_message, fields) => void warned.push(fields) },
    });
    return { count, warned };
  };

  it('asks again for what an answer left out and for a race that was lost', async () => {
    const left = { Referrals: { Keys: [{ pk: 'shop#REDEMPTION#rd1', sk: 'REDEMPTION' }] } };
    engine
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: {}, UnprocessedKeys: left })
      .resolves({ Responses: { Referrals: [confirmed] } });
    engine.on(TransactWriteCommand).rejectsOnce(cancelled('None', 'TransactionConflict')).resolves({});
    expect(await counting().count([line('rd1'), line('rd1')])).toEqual({ counted: 1, unread: 0 });
    expect(engine).toHaveReceivedCommandTimes(TransactWriteCommand, 2);
  });

  it('leaves out what is counted or not confirmed, and reports lines that are none', async () => {
    const items = [
      { ...confirmed, isCounted: true },
      { ...confirmed, redemptionId: 'rd2', status: 'reserved' },
    ];
    engine.on(BatchGetCommand).resolves({ Responses: { Referrals: items } });
    const { count, warned } = counting();
    expect(await count([line('rd1'), line('rd2'), '', '{"type":"click"}'])).toEqual({ counted: 0, unread: 2 });
    expect(warned).toEqual([{ unread: 2 }]);
    expect(engine).not.toHaveReceivedCommand(TransactWriteCommand);
  });
});
