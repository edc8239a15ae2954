import { apiKeyAnswer } from '#functions/partners/answers';
import { administrator, revokeKey } from '#functions/partners/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { revokeApiKeyRoute } from '#shared/contracts/partners/revoke-api-key';

export const revokeApiKey: HttpHandler<typeof revokeApiKeyRoute> = async ({ params }, context) =>
  apiKeyAnswer(await revokeKey({ ...params, by: administrator(context) }));

export const handler = httpFunction(revokeApiKeyRoute, revokeApiKey);
