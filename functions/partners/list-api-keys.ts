import { apiKeyAnswer } from '#functions/partners/answers';
import { administrator, listKeys } from '#functions/partners/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listApiKeysRoute } from '#shared/contracts/partners/list-api-keys';

export const listApiKeys: HttpHandler<typeof listApiKeysRoute> = async ({ query }, context) => {
  const { items, nextCursor } = await listKeys({ ...query, by: administrator(context) });
  return { items: items.map(apiKeyAnswer), nextCursor };
};

export const handler = httpFunction(listApiKeysRoute, listApiKeys);
