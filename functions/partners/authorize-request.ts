import type { APIGatewayRequestAuthorizerEventV2, APIGatewaySimpleAuthorizerWithContextResult } from 'aws-lambda';
import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { digest } from '#shared/adapters/digest';
import { makeApiKeyStore } from '#shared/adapters/dynamodb/partners/api-keys';
import { makePeopleReader } from '#shared/adapters/dynamodb/partners/people';
import { makeIdentityVerifier, remoteKeys } from '#shared/adapters/identity-tokens';
import { type Caller, makeAuthorizeRequest } from '#shared/application/partners/authorize-request';

const environment = readEnvironment(
  z.object({ PARTNERS_TABLE: z.string(), OIDC_ISSUER: z.url(), OIDC_AUDIENCE: z.string().min(1) }),
);
const table = { documents, tableName: environment.PARTNERS_TABLE };

const whoCalls = makeAuthorizeRequest({
  apiKeys: makeApiKeyStore(table),
  people: makePeopleReader(table),
  verifyIdentity: makeIdentityVerifier({
    issuer: environment.OIDC_ISSUER,
    audience: environment.OIDC_AUDIENCE,
    keys: remoteKeys(environment.OIDC_ISSUER),
  }),
  clock: Date.now,
  digest,
});

type Answer = APIGatewaySimpleAuthorizerWithContextResult<{ principal?: string }>;

/**
 * Says who calls and lets the function decide, so that a refusal too is a problem document. Nobody is a caller without
 * a `principal`. An outage rejects, which API Gateway answers with 500: it never passes for an anonymous caller.
 */
export function makeHandler(
  find: (authorization: string | undefined) => Promise<Caller | undefined>,
): (event: Pick<APIGatewayRequestAuthorizerEventV2, 'headers'>) => Promise<Answer> {
  return async (event) => {
    const caller = await find(event.headers?.authorization);
    return { isAuthorized: true, context: caller ? { principal: JSON.stringify(caller) } : {} };
  };
}

export const handler = makeHandler(whoCalls);
