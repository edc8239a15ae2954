import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { codeAnswer } from '#functions/tracking/answers';
import { codeSettings } from '#functions/tracking/code-inputs';
import { idempotency, publicUrl } from '#functions/tracking/composition';
import { createCodeOnce } from '#functions/tracking/creation-composition';
import { createCodeRoute } from '#shared/contracts/tracking/create-code';

export const createCode: HttpHandler<typeof createCodeRoute> = async ({ params, body }, { newId }) => {
  const { code: wanted, ...settings } = body;
  const shared = codeSettings(params.programId, settings);
  const { code, repeated } = await createCodeOnce({ ...shared, code: wanted, requestId: newId });
  return reply(repeated ? 200 : 201, { body: codeAnswer(code, publicUrl) });
};

export const handler = httpFunction(createCodeRoute, createCode, { idempotency });
