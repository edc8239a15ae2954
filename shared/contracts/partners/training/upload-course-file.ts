import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { courseFileSchema, courseParams } from '#shared/contracts/partners/training/course';
import { defineRoute } from '#shared/contracts/route';

/** A file is answered by a function, whose answers end at 6 MB in base64: 4 MiB grow to 5.6 million characters. */
const MAX_BYTES = 4 * 1024 * 1024;

export const uploadCourseFileRoute = defineRoute({
  name: 'upload-course-file',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/courses/{courseId}/files',
  summary: 'Upload a file for a course',
  description:
    'PDF, PNG, JPEG or plain text in UTF-8, at most 4 MiB; films and anything larger are links. Name the `fileId` in a module. The same bytes are the same file: 200, under its first name.',
  access: ['partner_manager', 'admin'],
  params: z.object({ programId: idSchema, ...courseParams }),
  query: z.object({
    name: z
      .string()
      .regex(/^[^\\/:*?"<>|\p{C}]{1,140}$/u, 'must be a file name such as handbook.pdf, of 1 to 140 characters')
      .meta({ description: 'Under which it is downloaded.', example: 'handbook.pdf' }),
  }),
  file: {
    types: ['application/pdf', 'image/png', 'image/jpeg', 'text/plain'],
    maxSentBytes: MAX_BYTES,
    maxBytes: MAX_BYTES,
  },
  status: 201,
  response: courseFileSchema,
  repeated: courseFileSchema,
});
