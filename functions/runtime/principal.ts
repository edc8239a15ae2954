import * as z from 'zod';
import { Failure } from '#shared/application/failure';
import type { Role, RouteContract } from '#shared/contracts/route';

const roleSchema = z.enum(['partner', 'partner_manager', 'finance', 'approver', 'admin', 'merchant']);

/** Who calls, as the authorizer found it. `programId` `*` in a grant means every programme. */
export const principalSchema = z.object({
  kind: z.enum(['person', 'api_key']),
  /** `person:{subject}` or `key:{keyId}`: what the audit trail records. */
  id: z.string(),
  /** Who made the API key: what it does counts as done by that person too. */
  createdBy: z.string().optional(),
  /** When the person signed in, in milliseconds since 1970: what must not be done with an old token asks for it. */
  signedInAt: z.number().optional(),
  /** Of the verified address of somebody with a staff role: by it people find what is their own. */
  emailHash: z.string().optional(),
  grants: z.array(z.object({ programId: z.string(), role: roleSchema, partnerId: z.string().optional() })),
});
export type Principal = z.output<typeof principalSchema>;

/** Behind every route that is not public `authorize` has let somebody through. @throws Error where it was not asked */
export function requirePrincipal(principal: Principal | undefined): asserts principal is Principal {
  if (!principal) throw new Error('a guarded route was reached without a principal');
}

/** Who acts, for the record: the caller and, of an API key, the person behind it. */
export function actorOf(principal: Principal): { readonly by: string; readonly onBehalfOf?: string } {
  const { id, createdBy } = principal;
  return { by: id, ...(createdBy === undefined ? {} : { onBehalfOf: createdBy }) };
}

export function rolesIn(principal: Principal, programId: string | undefined): ReadonlySet<Role> {
  const matching = principal.grants.filter(
    (grant) => programId === undefined || grant.programId === '*' || grant.programId === programId,
  );
  return new Set(matching.map((grant) => grant.role));
}

/** The partners a caller acts for in a programme; empty for staff and keys. */
export function partnersOf(principal: Principal, programId: string): readonly string[] {
  return principal.grants.flatMap((grant) =>
    grant.role === 'partner' && grant.programId === programId && grant.partnerId ? [grant.partnerId] : [],
  );
}

/** True when the caller reaches the programme only as a partner, so that it may see its own data alone. */
export function isPartnerOnly(principal: Principal, programId: string): boolean {
  const roles = rolesIn(principal, programId);
  return roles.size === 1 && roles.has('partner');
}

/** @throws Failure unauthenticated, not_found (another tenant's programme), forbidden, person_required */
export function authorize(
  route: RouteContract,
  principal: Principal | undefined,
  params: { programId?: string; partnerId?: string },
): void {
  if (route.access === 'public') return;
  if (!principal) {
    throw new Failure('unauthenticated', 'Send a valid API key or access token as "Authorization: Bearer ...".', {
      errors: [{ pointer: 'header:Authorization', rule: 'must be a valid bearer token' }],
    });
  }
  if (route.access === 'signed_in') return;
  const roles = rolesIn(principal, params.programId);
  if (roles.size === 0) throw new Failure('unknown_program', 'There is no such programme, or you have no role in it.');
  if (!route.access.some((role) => roles.has(role))) {
    throw new Failure('forbidden', `This needs one of these roles: ${route.access.join(', ')}.`);
  }
  if (route.peopleOnly && principal.kind !== 'person') {
    throw new Failure('person_required', 'An API key cannot do this: sign in as a person.');
  }
  if (params.programId && params.partnerId && isPartnerOnly(principal, params.programId)) {
    if (!partnersOf(principal, params.programId).includes(params.partnerId)) {
      throw new Failure('not_found', 'There is no such partner.');
    }
  }
}
