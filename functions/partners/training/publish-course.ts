import { callerId, idempotency } from '#functions/partners/composition';
import { courseAnswer } from '#functions/partners/training/course-answers';
import { publish } from '#functions/partners/training/training-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { publishCourseRoute } from '#shared/contracts/partners/training/publish-course';

export const publishCourse: HttpHandler<typeof publishCourseRoute> = async ({ params, body }, context) =>
  courseAnswer(await publish({ ...params, ...body, by: callerId(context) }));

export const handler = httpFunction(publishCourseRoute, publishCourse, { idempotency });
