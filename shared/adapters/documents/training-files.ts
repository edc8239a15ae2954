import { GetObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { CourseFiles } from '#shared/application/partners/training/training-ports';

/** Files of courses lie apart from those for banks: no programme's id starts with an underscore. */
export const TRAINING_FOLDER = '_training';

/** There is one under this key, or another writer is just storing it: the same bytes, as the key is their digest. */
const TAKEN: ReadonlySet<number | undefined> = new Set([409, 412]);

/** Files of courses in the documents bucket: stored once, never replaced. */
export function makeTrainingFiles({ s3, bucket: Bucket }: { s3: S3Client; bucket: string }): CourseFiles {
  const keyOf = (programId: string, courseId: string, fileId: string): string =>
    `${TRAINING_FOLDER}/${programId}/${courseId}/${fileId}`;
  return {
    async put(programId, courseId, { fileId, mediaType }, bytes) {
      const Key = keyOf(programId, courseId, fileId);
      try {
        await s3.send(new PutObjectCommand({ Bucket, Key, Body: bytes, ContentType: mediaType, IfNoneMatch: '*' }));
      } catch (error) {
        if (!(error instanceof S3ServiceException) || !TAKEN.has(error.$metadata.httpStatusCode)) throw error;
      }
    },
    async get(programId, courseId, fileId) {
      const Key = keyOf(programId, courseId, fileId);
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      if (!Body) throw new Error(`the document ${Key} has no content`);
      return Body.transformToByteArray();
    },
  };
}
