import { courseSummaryAnswer } from '#functions/partners/training/course-answers';
import { list } from '#functions/partners/training/training-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listCoursesRoute } from '#shared/contracts/partners/training/list-courses';

export const listCourses: HttpHandler<typeof listCoursesRoute> = async ({ params }) => ({
  items: (await list(params)).map(courseSummaryAnswer),
});

export const handler = httpFunction(listCoursesRoute, listCourses);
