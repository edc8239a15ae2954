import type { RequestContext } from '#functions/runtime/http';
import { rolesIn } from '#functions/runtime/principal';
import type { Program } from '#shared/application/programs';
import type { Role } from '#shared/contracts/route';

/** Who works with the limits. A partner or merchant that knew them could stay below them. */
const STAFF: readonly Role[] = ['admin', 'finance', 'approver', 'partner_manager'];

/** A programme as its caller may see it: its controls, and what it looks for as fraud, are for staff. */
export function programAnswer(
  program: Program,
  { principal }: Pick<RequestContext, 'principal'>,
): Omit<Program, 'controls' | 'fraud'> & Partial<Pick<Program, 'controls' | 'fraud'>> {
  const roles = principal ? rolesIn(principal, program.programId) : new Set<Role>();
  if (STAFF.some((role) => roles.has(role))) return program;
  const { controls: _, fraud: __, ...rest } = program;
  return rest;
}
