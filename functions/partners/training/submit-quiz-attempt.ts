import { callerId, idempotency, standingOf } from '#functions/partners/composition';
import { submittedAnswer } from '#functions/partners/training/training-answers';
import { readEarned, submit } from '#functions/partners/training/training-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { submitQuizAttemptRoute } from '#shared/contracts/partners/training/submit-quiz-attempt';

export const submitQuizAttempt: HttpHandler<typeof submitQuizAttemptRoute> = async ({ params, body }, context) => {
  const { isPartner } = standingOf(context, params);
  const submitted = await submit({
    ...params,
    ...body,
    attemptId: context.newId,
    by: callerId(context),
    isPartner,
  });
  return submittedAnswer(submitted, await readEarned(params, submitted.taken));
};

export const handler = httpFunction(submitQuizAttemptRoute, submitQuizAttempt, { idempotency });
