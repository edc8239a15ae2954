import { GetObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { Documents } from '#shared/application/payouts/ledger/ledger-ports';

/** There is one under this key, or another writer is just storing it. */
const TAKEN: ReadonlySet<number | undefined> = new Set([409, 412]);

/** Files in the documents bucket: stored once under a key, never replaced. */
export function makeDocuments({ s3, bucket }: { s3: S3Client; bucket: string }): Documents {
  const get = async (key: string): Promise<string> => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (!Body) throw new Error(`the document ${key} has no content`);
    return Body.transformToString('utf-8');
  };
  return {
    get,
    putOnce: async (key, text, mediaType) => {
      try {
        await s3.send(
          new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: mediaType, IfNoneMatch: '*' }),
        );
        return text;
      } catch (error) {
        if (!(error instanceof S3ServiceException) || !TAKEN.has(error.$metadata.httpStatusCode)) throw error;
        return get(key);
      }
    },
  };
}
