import { callerId, idempotency } from '#functions/partners/composition';
import { courseFileAnswer } from '#functions/partners/training/course-answers';
import { upload } from '#functions/partners/training/file-composition';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { uploadCourseFileRoute } from '#shared/contracts/partners/training/upload-course-file';

const PACKED = 'application/gzip';

export const uploadCourseFile: HttpHandler<typeof uploadCourseFileRoute> = async ({ params, query }, context) => {
  const type = context.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  const sentAs = type === PACKED ? undefined : type;
  const by = callerId(context);
  const { file, isNew } = await upload({ ...params, ...query, sentAs, bytes: context.rawBody(), by });
  return reply(isNew ? 201 : 200, { body: courseFileAnswer(file) });
};

export const handler = httpFunction(uploadCourseFileRoute, uploadCourseFile, { idempotency });
