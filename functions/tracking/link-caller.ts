import {
  actorOf,
  isPartnerOnly,
  type Principal,
  partnersOf,
  requirePrincipal,
  rolesIn,
} from '#functions/runtime/principal';
import { Failure } from '#shared/application/failure';
import type { LinkSide } from '#shared/application/tracking/ports';
import type { Role } from '#shared/contracts/route';

export type LinkCaller = {
  readonly side: LinkSide;
  /** The partners that a partner acts for; absent for staff and keys, who may act on all. */
  readonly partnerIds?: readonly string[] | undefined;
};

/** Who may act on every partner's links. Others of the staff who are partners too change their own alone. */
const EDITORS: readonly Role[] = ['merchant', 'partner_manager', 'admin'];

/** On whose side a caller makes and changes links. */
export function linkEditor(principal: Principal | undefined, programId: string): LinkCaller {
  const roles = principal ? rolesIn(principal, programId) : new Set<Role>();
  if (EDITORS.some((role) => roles.has(role))) return { side: 'staff' };
  return { side: 'partner', partnerIds: principal ? partnersOf(principal, programId) : [] };
}

/** Whose links a caller sees. */
export function linkCaller(principal: Principal | undefined, programId: string): LinkCaller {
  if (!principal || !isPartnerOnly(principal, programId)) return { side: 'staff' };
  return { side: 'partner', partnerIds: partnersOf(principal, programId) };
}

/** Who made a change, for its record. */
export function linkActor(principal: Principal | undefined): ReturnType<typeof actorOf> {
  requirePrincipal(principal);
  return actorOf(principal);
}

/** @throws Failure unknown_partner for a partner that names another, as for one that does not exist */
export function requireOwnPartner({ partnerIds }: LinkCaller, partnerId: string): void {
  if (!partnerIds || partnerIds.includes(partnerId)) return;
  throw new Failure('unknown_partner', 'Send your own partner id.', {
    errors: [{ pointer: '/partnerId', rule: 'is not a partner that you act for' }],
  });
}
