import { readMe, verifyIdentity } from '#functions/partners/people/people-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getMeRoute } from '#shared/contracts/partners/people/get-me';

export const getMe: HttpHandler<typeof getMeRoute> = async (_input, { principal, headers }) => {
  if (!principal) throw new Error('a guarded route was reached without a principal');
  const identity = principal.kind === 'person' ? await verifyIdentity(tokenOf(headers.authorization)) : undefined;
  // Never another person's: a principal and the token it came from are of one subject.
  const isCaller = identity && `person:${identity.subject}` === principal.id;
  return readMe(principal, isCaller ? identity : undefined);
};

function tokenOf(authorization = ''): string {
  return authorization.slice(authorization.indexOf(' ') + 1).trim();
}

export const handler = httpFunction(getMeRoute, getMe);
