import { type Administrator, administers } from '#shared/application/partners/create-api-key';
import type { ApiKey, ApiKeyStore } from '#shared/application/partners/ports';
import type { Page } from '#shared/application/ports';

/** The keys within the caller's rights; a page may hold fewer than `limit`, also none, while a next one follows. */
export function makeListApiKeys({ apiKeys }: { apiKeys: ApiKeyStore }) {
  return async (input: { by: Administrator; cursor?: string | undefined; limit: number }): Promise<Page<ApiKey>> => {
    const { items, nextCursor } = await apiKeys.list(input);
    return { items: items.filter((key) => administers(input.by, key.programId)), nextCursor };
  };
}
