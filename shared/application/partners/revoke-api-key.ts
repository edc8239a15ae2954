import { Failure } from '#shared/application/failure';
import { type Administrator, administers } from '#shared/application/partners/create-api-key';
import type { ApiKey, ApiKeyStore } from '#shared/application/partners/ports';
import type { Clock } from '#shared/application/ports';
import { toInstant } from '#shared/domain/time/instant';

/** Ends a key; its first end stays. Caches may accept it for 30 seconds more. @throws Failure not_found */
export function makeRevokeApiKey({ apiKeys, clock }: { apiKeys: ApiKeyStore; clock: Clock }) {
  return async ({ keyId, by }: { keyId: string; by: Administrator }): Promise<ApiKey> => {
    const key = await apiKeys.byId(keyId);
    if (!key || !administers(by, key.programId)) throw new Failure('not_found', 'There is no such API key.');
    await apiKeys.revoke(keyId, toInstant(clock()));
    return (await apiKeys.byId(keyId)) ?? key;
  };
}
