import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { readEnvironment } from '#functions/runtime/environment';
import { makeDocuments } from '#shared/adapters/documents/documents';

const environment = readEnvironment(z.object({ DOCUMENTS_BUCKET: z.string() }));

/** The documents bucket. */
export const bucket = makeDocuments({
  // Path style works at every endpoint.
  s3: new S3Client({ forcePathStyle: true }),
  bucket: environment.DOCUMENTS_BUCKET,
});
