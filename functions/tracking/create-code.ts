import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { codeAnswer } from '#functions/tracking/answers';
import { idempotency, publicUrl } from '#functions/tracking/composition';
import { createCodeOnce } from '#functions/tracking/creation-composition';
import { createCodeRoute } from '#shared/contracts/tracking/create-code';

export const createCode: HttpHandler<typeof createCodeRoute> = async ({ params, body }, { newId }) => {
  const { expiresAt: validUntil, ...rest } = body;
  const wanted = { ...rest, validUntil, programId: params.programId, requestId: newId };
  const { code, repeated } = await createCodeOnce(wanted);
  return reply(repeated ? 200 : 201, { body: codeAnswer(code, publicUrl) });
};

export const handler = httpFunction(createCodeRoute, createCode, { idempotency });
