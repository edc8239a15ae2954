import type * as z from 'zod';
import type { RequestContext } from '#functions/runtime/http';
import { actorOf, requirePrincipal } from '#functions/runtime/principal';
import type { ActingAdmin } from '#shared/application/partners/people/keep-people';
import type { Member } from '#shared/application/partners/people/people-ports';
import type { personSchema } from '#shared/contracts/partners/people/person';

/** What the API shows of somebody with roles: named fields only, so that a new one is not shown by accident. */
export function personAnswer(member: Member): z.input<typeof personSchema> {
  const { personId, name, email, roles, createdAt, changedAt, changedBy } = member;
  return { personId, name, email, roles: [...roles], createdAt, changedAt, changedBy };
}

/** Who changes people. @throws Error on a route that lets nobody in without a token: there is always somebody. */
export function actingAdmin({ principal }: Pick<RequestContext, 'principal'>, programId: string): ActingAdmin {
  requirePrincipal(principal);
  const { emailHash, signedInAt, grants } = principal;
  const isInstallationAdmin = grants.some((grant) => grant.programId === '*' && grant.role === 'admin');
  return { programId, by: actorOf(principal).by, emailHash, isInstallationAdmin, signedInAt };
}
