import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeNoticeInterest } from '#shared/adapters/dynamodb/partners/notice-interest';
import { makeOutbox } from '#shared/adapters/dynamodb/partners/outbox';
import { makeStaffStore } from '#shared/adapters/dynamodb/partners/staff-people';
import type { Told } from '#shared/application/notifications/outbox';
import { instant } from '#test/support/builders/partners';
import { collected } from '#test/support/collected';
import { SAMPLES } from '#test/support/notice-samples';

const mock = mockClient(DynamoDBDocumentClient);
const table = { documents: DynamoDBDocumentClient.from(new DynamoDBClient({})), tableName: 'Partners' };
const unreadable: unknown[] = [];
const outbox = makeOutbox({ ...table, onUnreadable: (mailId) => unreadable.push(mailId) });
const at = instant('2026-01-01T00:00:00Z');

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
const failedCondition = new ConditionalCheckFailedException({ message: 'no', $metadata: {} });

const message = { kind: 'payout.paid', facts: SAMPLES['payout.paid'][0] } as const;
const inbox = {
  programId: 'acme',
  recipientId: 'partner:p1',
  noticeId: 'n1',
  kind: message.kind,
  title: 'T',
  text: 'T',
};
const told: Told = {
  ...{ programId: 'acme', mailId: 'n1', inbox: { ...inbox, occurredAt: at } },
  mail: {
    how: 'collect',
    digest: { type: 'digest', recipientId: 'partner:p1', rhythm: 'daily', from: at, to: at },
    notice: { ...message, occurredAt: at },
  },
};

describe('writing a notice down', () => {
  beforeEach(() => {
    mock.reset();
    unreadable.length = 0;
  });

  it.each([
    [['ConditionalCheckFailed', 'None', 'None', 'None'], 'exists'],
    [['None', 'ConditionalCheckFailed', 'None', 'TransactionConflict'], 'exists'],
    [['None', 'None', 'None', 'ConditionalCheckFailed'], 'closed'],
    [['TransactionConflict', 'None', 'None', 'None'], 'contended'],
    [['None', 'None', 'None', 'TransactionConflict'], 'contended'],
  ])('that was cancelled by %j is %s', async (codes, outcome) => {
    mock.on(TransactWriteCommand).rejects(cancelled(...codes));
    expect(await outbox.open(told)).toBe(outcome);
  });

  it('rejects when a repeat would not mend it', async () => {
    mock.on(TransactWriteCommand).rejects(cancelled('None', 'ValidationError'));
    await expect(outbox.open(told)).rejects.toThrow('cancelled');
  });
});

describe('what waits', () => {
  beforeEach(() => {
    mock.reset();
    unreadable.length = 0;
  });

  it('is not held up by an item that cannot be read, over pages', async () => {
    const waiting = { type: 'digest', recipientId: 'partner:p1', rhythm: 'daily', from: at, to: at };
    const item = { programId: 'acme', mailId: 'd1', dueAt: at, state: 'collecting', waiting };
    mock
      .on(QueryCommand)
      .resolvesOnce({ Items: [{ ...item, mailId: 'odd', waiting: { type: 'letter' } }], LastEvaluatedKey: { pk: 'x' } })
      .resolves({ Items: [item] });
    expect((await collected(outbox.due('acme', at))).map(({ mailId }) => mailId)).toEqual(['d1']);
    expect(unreadable).toEqual(['odd']);
    const kept = { ...message, occurredAt: at };
    mock.on(QueryCommand).resolves({ Items: [{ kind: 'no.more', facts: {}, occurredAt: at }, kept] });
    expect(await outbox.collected('acme', 'd1')).toEqual([kept]);
    expect(unreadable).toEqual(['odd', 'd1']);
  });

  it('is taken by nobody when the store does not answer, or when it is taken', async () => {
    mock.on(UpdateCommand).rejectsOnce(new Error('down')).rejects(failedCondition);
    await expect(outbox.startMail('acme', 'n1')).rejects.toThrow('down');
    expect(await outbox.startMail('acme', 'n1')).toBe(false);
  });
});

describe('other stores of readers', () => {
  beforeEach(() => mock.reset());

  it('take a lost race for one, and pass faults on', async () => {
    const staff = makeStaffStore(table);
    const person = {
      ...{
        programId: 'acme',
        personId: 's1',
        name: 'Mo',
        email: 'mo@x.example',
        emailHash: 'h',
        roles: ['admin'] as const,
      },
      ...{ version: 1, createdAt: at, changedAt: at, changedBy: 'person:a' },
    };
    mock.on(TransactWriteCommand).rejectsOnce(cancelled('TransactionConflict', 'None')).rejects(new Error('down'));
    expect(await staff.add(person)).toBe('exists');
    await expect(staff.add(person)).rejects.toThrow('down');
  });

  it('say that nobody knows rather than that nobody wants it', async () => {
    const interest = makeNoticeInterest({ ...table, ttlSeconds: 30, clock: () => 0 });
    mock
      .on(GetCommand)
      .rejectsOnce(new Error('down'))
      .resolves({ Item: { kinds: new Set(['conversion.recorded']) } });
    await expect(interest.wants('acme', 'conversion.recorded')).rejects.toThrow('down');
    expect(await interest.wants('acme', 'conversion.recorded')).toBe(true);
  });
});
