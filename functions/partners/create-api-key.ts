import { apiKeyAnswer } from '#functions/partners/answers';
import { administrator } from '#functions/partners/composition';
import { makeKey } from '#functions/partners/programs-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { createApiKeyRoute } from '#shared/contracts/partners/create-api-key';

export const createApiKey: HttpHandler<typeof createApiKeyRoute> = async ({ body }, context) => {
  const { key, secret } = await makeKey({ ...body, keyId: context.newId, by: administrator(context) });
  return { ...apiKeyAnswer(key), apiKey: secret };
};

// Without an idempotency store: it would keep the answer, and with it the secret.
export const handler = httpFunction(createApiKeyRoute, createApiKey);
