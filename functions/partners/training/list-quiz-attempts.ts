import { attemptAnswer } from '#functions/partners/training/training-answers';
import { readAttempts } from '#functions/partners/training/training-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listQuizAttemptsRoute } from '#shared/contracts/partners/training/list-quiz-attempts';

export const listQuizAttempts: HttpHandler<typeof listQuizAttemptsRoute> = async ({ params, query }) => {
  const { items, nextCursor } = await readAttempts({ ...params, ...query });
  return { items: items.map(attemptAnswer), nextCursor };
};

export const handler = httpFunction(listQuizAttemptsRoute, listQuizAttempts);
