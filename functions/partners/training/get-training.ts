import { certificateAnswer, partnerCourseSummaryAnswer } from '#functions/partners/training/training-answers';
import { readTraining } from '#functions/partners/training/training-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getTrainingRoute } from '#shared/contracts/partners/training/get-training';

export const getTraining: HttpHandler<typeof getTrainingRoute> = async ({ params }) => {
  const { courses, certificates } = await readTraining(params);
  return {
    courses: courses.map(partnerCourseSummaryAnswer),
    certificates: certificates.map(certificateAnswer),
  };
};

export const handler = httpFunction(getTrainingRoute, getTraining);
