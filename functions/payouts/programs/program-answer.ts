import type { RequestContext } from '#functions/runtime/http';
import { rolesIn } from '#functions/runtime/principal';
import type { Program } from '#shared/application/programs';
import type { Role } from '#shared/contracts/route';

/** Who works with the limits. A partner or merchant that knew them could stay below them. */
const STAFF: readonly Role[] = ['admin', 'finance', 'approver', 'partner_manager'];

type ForStaff = 'controls' | 'fraud' | 'payouts';

/** A programme as its caller may see it: its controls, the rules of its payouts, and what it looks for as fraud, are for staff. */
export function programAnswer(
  program: Program,
  { principal }: Pick<RequestContext, 'principal'>,
): Omit<Program, ForStaff> & Partial<Pick<Program, ForStaff>> {
  const roles = principal ? rolesIn(principal, program.programId) : new Set<Role>();
  if (STAFF.some((role) => roles.has(role))) return program;
  const { controls: _, fraud: __, payouts: ___, ...rest } = program;
  return rest;
}
