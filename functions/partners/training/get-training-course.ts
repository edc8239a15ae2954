import { partnerCourseAnswer } from '#functions/partners/training/training-answers';
import { readTrainingCourse } from '#functions/partners/training/training-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getTrainingCourseRoute } from '#shared/contracts/partners/training/get-training-course';

export const getTrainingCourse: HttpHandler<typeof getTrainingCourseRoute> = async ({ params }) =>
  partnerCourseAnswer(params.programId, await readTrainingCourse(params));

export const handler = httpFunction(getTrainingCourseRoute, getTrainingCourse);
