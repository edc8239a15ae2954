import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { decodeJwt, decodeProtectedHeader, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import { type ApiClient, makeApiClient } from '#infra/api-client';
import type { SharedStack } from '#test/support/local-stack';

/** Signs a partner's person in, as the local identity provider would: with its key, by the address that was enrolled. */
export async function asPartner(stack: SharedStack, email: string, claims: JWTPayload = {}): Promise<ApiClient> {
  const [somebody] = stack.endpoints.people;
  if (!somebody) throw new Error('nobody is signed in to the local stack');
  const { iss = '', aud = '' } = decodeJwt(somebody.token);
  const header = { ...decodeProtectedHeader(somebody.token), alg: 'RS256' };
  const store = new DatabaseSync(join(stack.dataDir, 'host.sqlite'), { readOnly: true });
  const row = store.prepare("SELECT value FROM settings WHERE name = 'identity/key'").get();
  store.close();
  const key = await importJWK(JSON.parse(String(row?.value)) as JWK, 'RS256');
  const token = await new SignJWT({ email, email_verified: true, token_use: 'id', ...claims })
    .setProtectedHeader(header)
    .setSubject(`person-of-${email}`)
    .setIssuer(iss)
    .setAudience(aud)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(key);
  return makeApiClient(stack.endpoints.apiUrl, token);
}
