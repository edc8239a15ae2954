import { callerId } from '#functions/partners/composition';
import { courseAnswer } from '#functions/partners/training/course-answers';
import { saveDraft } from '#functions/partners/training/training-composition';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { saveCourseRoute } from '#shared/contracts/partners/training/save-course';

export const saveCourse: HttpHandler<typeof saveCourseRoute> = async ({ params, body }, context) => {
  const { revision, ...content } = body;
  const { created, ...whole } = await saveDraft({ ...params, content, revision, by: callerId(context) });
  return reply(created ? 201 : 200, { body: courseAnswer(whole) });
};

export const handler = httpFunction(saveCourseRoute, saveCourse);
