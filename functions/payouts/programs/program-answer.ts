import type { RequestContext } from '#functions/runtime/http';
import { rolesIn } from '#functions/runtime/principal';
import type { Program } from '#shared/application/programs';
import type { Role } from '#shared/contracts/route';

/** Who works with the limits. A partner or merchant that knew them could stay below them. */
const STAFF: readonly Role[] = ['admin', 'finance', 'approver', 'partner_manager'];

type ForStaff = 'controls' | 'fraud' | 'payouts';
/** What partners must know to say where they are paid. */
type PayeeRules = Pick<Program['payouts'], 'partnerRails' | 'freshLoginMinutes' | 'payeeCooldownHours'>;

/** A programme as its caller may see it: its controls, the rules of its payouts, and what it looks for as fraud, are for staff. */
export function programAnswer(
  program: Program,
  { principal }: Pick<RequestContext, 'principal'>,
): Omit<Program, ForStaff> & Partial<Pick<Program, ForStaff>> & { readonly payeeRules: PayeeRules } {
  const { partnerRails, freshLoginMinutes, payeeCooldownHours } = program.payouts;
  const answer = { ...program, payeeRules: { partnerRails, freshLoginMinutes, payeeCooldownHours } };
  const roles = principal ? rolesIn(principal, program.programId) : new Set<Role>();
  if (STAFF.some((role) => roles.has(role))) return answer;
  const { controls: _, fraud: __, payouts: ___, ...rest } = answer;
  return rest;
}
