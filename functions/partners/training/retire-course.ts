import { callerId, idempotency } from '#functions/partners/composition';
import { courseSummaryAnswer } from '#functions/partners/training/course-answers';
import { retire } from '#functions/partners/training/training-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { retireCourseRoute } from '#shared/contracts/partners/training/retire-course';

export const retireCourse: HttpHandler<typeof retireCourseRoute> = async ({ params }, context) =>
  courseSummaryAnswer(await retire({ ...params, by: callerId(context) }));

export const handler = httpFunction(retireCourseRoute, retireCourse, { idempotency });
