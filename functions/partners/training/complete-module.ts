import { callerId, idempotency, standingOf } from '#functions/partners/composition';
import { partnerCourseAnswer } from '#functions/partners/training/training-answers';
import { complete, readTrainingCourse } from '#functions/partners/training/training-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { completeModuleRoute } from '#shared/contracts/partners/training/complete-module';

export const completeModule: HttpHandler<typeof completeModuleRoute> = async ({ params }, context) => {
  const { isPartner } = standingOf(context, params);
  await complete({ ...params, by: callerId(context), isPartner });
  return partnerCourseAnswer(params.programId, await readTrainingCourse(params));
};

export const handler = httpFunction(completeModuleRoute, completeModule, { idempotency });
