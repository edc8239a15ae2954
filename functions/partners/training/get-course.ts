import { courseAnswer } from '#functions/partners/training/course-answers';
import { read } from '#functions/partners/training/training-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getCourseRoute } from '#shared/contracts/partners/training/get-course';

export const getCourse: HttpHandler<typeof getCourseRoute> = async ({ params, query }) =>
  courseAnswer(await read({ ...params, ...query }));

export const handler = httpFunction(getCourseRoute, getCourse);
