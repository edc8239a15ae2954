import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeStripeEventStore } from '#shared/adapters/dynamodb/referrals/stripe/stripe-events';
import type { StripeEventRecord } from '#shared/application/referrals/stripe/ports';
import { instant } from '#test/support/builders/referrals';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
const engine = mockClient(documents);
const events = makeStripeEventStore({ documents, tableName: 'Referrals' });
const at = instant('2026-01-15T12:00:00Z');
const event: StripeEventRecord = {
  programId: 'shop',
  eventId: 'evt_1',
  type: 'invoice.paid',
  createdAt: at,
  receivedAt: at,
  fact: { kind: 'payment', orderId: 'in_1', references: [] },
  status: 'recorded',
};
const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

beforeEach(() => engine.reset());

describe("Stripe's events when the table refuses", () => {
  const plan = () => events.plan(event, { kind: 'nothing', reason: 'x' }, {});

  it.each([['ConditionalCheckFailed'], ['TransactionConflict']])('decide anew after %s', async (code) => {
    engine.on(TransactWriteCommand).rejects(cancelled(code));
    expect(await plan()).toBe('contended');
  });

  it('are not taken for recorded, planned or settled by any other fault', async () => {
    engine.on(PutCommand).rejects(throttled);
    engine.on(TransactWriteCommand).rejects(cancelled('ThrottlingError'));
    await expect(events.add(event)).rejects.toBe(throttled);
    await expect(plan()).rejects.toBeInstanceOf(TransactionCanceledException);
    await expect(events.wait(event, { references: ['pi_1'], reason: 'x', dueAt: at })).rejects.toBeInstanceOf(
      TransactionCanceledException,
    );
  });

  it('are not read from an item of another shape', async () => {
    engine.on(GetCommand).resolves({ Item: { ...event, status: 'lost' } });
    await expect(events.find('shop', 'evt_1')).rejects.toThrow();
  });
});
