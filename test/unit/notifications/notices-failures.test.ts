import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeNotices } from '#shared/adapters/dynamodb/partners/notices';

const documents = mockClient(DynamoDBDocumentClient);
const notices = makeNotices({ documents: DynamoDBDocumentClient.from(new DynamoDBClient({})), tableName: 'Partners' });
const notice = {
  programId: 'acme',
  partnerId: 'p1',
  noticeId: 'n1',
  kind: 'tier.changed',
  title: 'T',
  text: 'T',
  occurredAt: '2026-01-01T00:00:00.000Z',
};
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

describe('opening a notice', () => {
  beforeEach(() => documents.reset());

  it('is done when the notice is there already', async () => {
    documents.on(TransactWriteCommand).rejects(cancelled('ConditionalCheckFailed', 'ConditionalCheckFailed'));
    await expect(notices.open(notice)).resolves.toBeUndefined();
  });

  it.each([
    ['TransactionConflict', 'None'],
    ['None', 'ThrottlingError'],
  ])('is not done when the transaction was cancelled by %s, %s', async (...codes) => {
    documents.on(TransactWriteCommand).rejects(cancelled(...codes));
    await expect(notices.open(notice)).rejects.toThrow('cancelled');
  });
});
