import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { clock } from '#functions/partners/composition';
import { courses, training } from '#functions/partners/training/training-composition';
import { readEnvironment } from '#functions/runtime/environment';
import { programs } from '#functions/runtime/programs';
import { digest } from '#shared/adapters/digest';
import { makeTrainingFiles } from '#shared/adapters/documents/training-files';
import { makeGetCourseFile, makeUploadCourseFile } from '#shared/application/partners/training/course-files';

const environment = readEnvironment(z.object({ DOCUMENTS_BUCKET: z.string() }));

/** Files of courses, in their folder of the documents bucket. */
const files = makeTrainingFiles({
  // Path style works at every endpoint.
  s3: new S3Client({ forcePathStyle: true }),
  bucket: environment.DOCUMENTS_BUCKET,
});
export const upload = makeUploadCourseFile({ programs, courses, files, digest, clock });
export const readFile = makeGetCourseFile({ courses, files, training });
