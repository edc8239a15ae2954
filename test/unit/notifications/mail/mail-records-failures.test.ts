import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeMailRecords } from '#shared/adapters/dynamodb/partners/mail-records';
import { mailRecordKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import { makeSuppressions } from '#shared/application/notifications/mail/make-suppressions';
import { instant } from '#test/support/builders/partners';

const documents = mockClient(DynamoDBDocumentClient);
const records = makeMailRecords({
  documents: DynamoDBDocumentClient.from(new DynamoDBClient({})),
  tableName: 'Partners',
});
const pauses: number[] = [];
const suppressions = makeSuppressions({
  records,
  digest,
  retry: { pause: async (ms) => void pauses.push(ms), random: () => 1 },
});
const report = {
  programId: 'acme',
  email: 'ada@partners.example',
  finding: 'permanent_bounce',
  messageId: 'm1',
  sentAt: instant('2026-03-01T00:00:00Z'),
  reportedAt: instant('2026-03-01T00:00:05Z'),
} as const;
const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
const lost = new ConditionalCheckFailedException({ message: 'no', $metadata: {} });

beforeEach(() => {
  documents.reset();
  documents.on(GetCommand).resolves({});
  pauses.length = 0;
});

describe('a report on an e-mail', () => {
  it('is weighed anew when somebody else was faster', async () => {
    documents.on(PutCommand).rejectsOnce(lost).resolves({});
    expect(await suppressions.suppress(report)).toBe('stopped');
    expect(documents.commandCalls(GetCommand)).toHaveLength(2);
    expect(pauses).toHaveLength(1);
  });

  it('is to be delivered again when it cannot be written down', async () => {
    documents.on(PutCommand).rejects(throttled);
    await expect(suppressions.suppress(report)).rejects.toThrow('slow down');
    documents.on(PutCommand).rejects(lost);
    await expect(suppressions.suppress(report)).rejects.toMatchObject({ code: 'temporarily_unavailable' });
  });

  it('keeps no address, only its hash and what is shown of it', async () => {
    documents.on(PutCommand).resolves({});
    await suppressions.suppress(report);
    const [put] = documents.commandCalls(PutCommand);
    expect(JSON.stringify(put?.args[0].input.Item)).not.toContain('ada');
    expect(put?.args[0].input).toMatchObject({
      ConditionExpression: 'attribute_not_exists(pk)',
      Item: { ...mailRecordKey('acme', digest('ada@partners.example')), maskedAddress: 'a***@partners.example' },
    });
  });
});

describe('whether somebody can be reached', () => {
  it('is not guessed when it cannot be read: the e-mail waits', async () => {
    documents.on(GetCommand).rejects(throttled);
    await expect(suppressions.isSuppressed('acme', report.email)).rejects.toThrow('slow down');
    documents.on(GetCommand).resolves({ Item: { programId: 'acme' } });
    await expect(suppressions.isSuppressed('acme', report.email)).rejects.toThrow();
    documents.on(QueryCommand).rejects(throttled);
    await expect(suppressions.list('acme', { limit: 10 })).rejects.toThrow('slow down');
  });

  it('refuses a cursor that no list gave', async () => {
    await expect(suppressions.list('acme', { limit: 10, cursor: '%%' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});
