import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeDocuments } from '#shared/adapters/documents/documents';

const client = new S3Client({ region: 'eu-west-1' });
const s3 = mockClient(client);
beforeEach(() => s3.reset());
const documents = makeDocuments({ s3: client, bucket: 'docs' });

const refusal = (httpStatusCode: number): S3ServiceException =>
  new S3ServiceException({ name: 'Refused', $fault: 'client', $metadata: { httpStatusCode } });
const holds = (text: string): void => {
  s3.on(GetObjectCommand).resolves({ Body: { transformToString: async () => text } as never });
};

describe('storing a document', () => {
  it('asks the bucket to refuse a second one under the same key', async () => {
    s3.on(PutObjectCommand).resolves({});
    expect(await documents.putOnce('k', 'new', 'application/xml')).toBe('new');
    expect(s3).toHaveReceivedCommandWith(PutObjectCommand, { Bucket: 'docs', Key: 'k', Body: 'new', IfNoneMatch: '*' });
  });

  it.each([412, 409])('answers the stored one when the bucket says %s', async (status) => {
    s3.on(PutObjectCommand).rejects(refusal(status));
    holds('first');
    expect(await documents.putOnce('k', 'second', 'application/xml')).toBe('first');
  });

  it.each([403, 500])('passes on a refusal with status %s', async (status) => {
    s3.on(PutObjectCommand).rejects(refusal(status));
    await expect(documents.putOnce('k', 'x', 'application/xml')).rejects.toThrow();
    expect(s3).not.toHaveReceivedCommand(GetObjectCommand);
  });
});
