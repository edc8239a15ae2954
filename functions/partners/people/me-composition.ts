import * as z from 'zod';
import { apiKeys, clock, partnersTable } from '#functions/partners/composition';
import { readEnvironment } from '#functions/runtime/environment';
import type { RequestContext } from '#functions/runtime/http';
import { type Principal, requirePrincipal } from '#functions/runtime/principal';
import { programs } from '#functions/runtime/programs';
import { digest } from '#shared/adapters/digest';
import { makePartnerNames } from '#shared/adapters/dynamodb/partners/partner-names';
import { makePeopleDirectory } from '#shared/adapters/dynamodb/partners/people-directory';
import { makeIdentityVerifier, remoteKeys } from '#shared/adapters/identity-tokens';
import type { Identity } from '#shared/application/partners/authorize-request';
import { makeGetMe } from '#shared/application/partners/people/get-me';
import { makeRecordSignIn } from '#shared/application/partners/people/record-sign-in';

const environment = readEnvironment(z.object({ OIDC_ISSUER: z.url(), OIDC_AUDIENCE: z.string().min(1) }));
const verifyIdentity = makeIdentityVerifier({
  issuer: environment.OIDC_ISSUER,
  audience: environment.OIDC_AUDIENCE,
  keys: remoteKeys(environment.OIDC_ISSUER),
});

/** The composition root of what callers read and say of themselves. */
export const readMe = makeGetMe({ programs, partnerNames: makePartnerNames(partnersTable), apiKeys });
export const keepName = makeRecordSignIn({ directory: makePeopleDirectory(partnersTable), digest, clock });

type Me = { readonly principal: Principal; readonly identity: Identity | undefined };

/**
 * Who calls and, of a person, what its token says of it. The token is verified once more, because name and address go into no
 * principal: that reaches every function.
 */
export async function meOf({ principal, headers }: Pick<RequestContext, 'principal' | 'headers'>): Promise<Me> {
  requirePrincipal(principal);
  if (principal.kind !== 'person') return { principal, identity: undefined };
  const { authorization = '' } = headers;
  const identity = await verifyIdentity(authorization.slice(authorization.indexOf(' ') + 1).trim());
  // Never another person's: a principal and the token it came from are of one subject.
  return { principal, identity: identity && `person:${identity.subject}` === principal.id ? identity : undefined };
}
