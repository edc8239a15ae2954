import { callerId, idempotency, standingOf } from '#functions/partners/composition';
import { partnerCourseAnswer } from '#functions/partners/training/training-answers';
import { readTrainingCourse, start } from '#functions/partners/training/training-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { startCourseRoute } from '#shared/contracts/partners/training/start-course';

export const startCourse: HttpHandler<typeof startCourseRoute> = async ({ params, body }, context) => {
  const { isPartner } = standingOf(context, params);
  await start({ ...params, ...body, by: callerId(context), isPartner });
  return partnerCourseAnswer(params.programId, await readTrainingCourse(params));
};

export const handler = httpFunction(startCourseRoute, startCourse, { idempotency });
