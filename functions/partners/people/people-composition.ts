import * as z from 'zod';
import { apiKeys, partnersTable } from '#functions/partners/composition';
import { readEnvironment } from '#functions/runtime/environment';
import { programs } from '#functions/runtime/programs';
import { makePartnerNames } from '#shared/adapters/dynamodb/partners/partner-names';
import { makeIdentityVerifier, remoteKeys } from '#shared/adapters/identity-tokens';
import { makeGetMe } from '#shared/application/partners/people/get-me';

const environment = readEnvironment(z.object({ OIDC_ISSUER: z.url(), OIDC_AUDIENCE: z.string().min(1) }));

export const readMe = makeGetMe({ programs, partnerNames: makePartnerNames(partnersTable), apiKeys });

/** The token of a request once more: what it says of a person is for this service alone, so that no principal carries it. */
export const verifyIdentity = makeIdentityVerifier({
  issuer: environment.OIDC_ISSUER,
  audience: environment.OIDC_AUDIENCE,
  keys: remoteKeys(environment.OIDC_ISSUER),
});
