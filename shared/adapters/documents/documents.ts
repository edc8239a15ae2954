import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { Documents } from '#shared/application/payouts/ledger-ports';

const PRECONDITION_FAILED = 412;
const CONFLICT = 409;

/** Files in the documents bucket: stored once under a key, never replaced. */
export function makeDocuments({ s3, bucket }: { s3: S3Client; bucket: string }): Documents {
  const get = async (key: string): Promise<string | undefined> => {
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return await Body?.transformToString('utf-8');
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
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
        if (!wasThere(error)) throw error;
      }
      const stored = await get(key);
      if (stored === undefined) throw new Error(`the document ${key} is being written: repeat`);
      return stored;
    },
  };
}

function wasThere(error: unknown): boolean {
  if (!(error instanceof S3ServiceException)) return false;
  const status = error.$metadata.httpStatusCode;
  return status === PRECONDITION_FAILED || status === CONFLICT || error.name === 'PreconditionFailed';
}
