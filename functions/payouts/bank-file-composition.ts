import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { digest } from '#shared/adapters/digest';
import { makeDocuments } from '#shared/adapters/documents/documents';
import { makeBankFiles } from '#shared/adapters/dynamodb/bank-files';
import { makeRuns } from '#shared/adapters/dynamodb/runs';
import { makeGetBankFile } from '#shared/application/payouts/get-bank-file';
import { makeListBankFiles } from '#shared/application/payouts/list-bank-files';

const environment = readEnvironment(z.object({ MONEY_TABLE: z.string(), DOCUMENTS_BUCKET: z.string() }));
const table = { documents, tableName: environment.MONEY_TABLE };

export const files = makeBankFiles(table);
export const bucket = makeDocuments({
  // Path style works at every endpoint.
  s3: new S3Client({ forcePathStyle: true }),
  bucket: environment.DOCUMENTS_BUCKET,
});

/** The composition root of reading bank files. Writing them has its own, with the XML library. */
export const readBankFiles = makeListBankFiles({ runs: makeRuns(table), files });
export const readBankFile = makeGetBankFile({ files, documents: bucket, digest });
