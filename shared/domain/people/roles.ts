/** What staff may be in a programme. A partner's role comes from its enrolment alone. */
export const STAFF_ROLES = ['admin', 'finance', 'approver', 'partner_manager'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** Whoever gives one of these has a hand in who pays whom: corrections, approvals, settings. */
const DECIDES_MONEY: ReadonlySet<StaffRole> = new Set(['admin', 'finance', 'approver']);

export type WithRoles = { readonly personId: string; readonly roles: readonly StaffRole[] };

export type RoleRefusal = 'raises_oneself' | 'last_admin';

/**
 * Why somebody's roles may not change so; `undefined` when they may. Nobody gives a role to themselves, whoever they are. A
 * programme keeps an admin: one of its own, or whoever administers all programmes and acts here.
 */
export function judgeRoleChange(change: {
  /** Everybody with a role in the programme before the change. */
  readonly people: readonly WithRoles[];
  readonly after: WithRoles;
  readonly isOneself: boolean;
  readonly byInstallationAdmin: boolean;
}): RoleRefusal | undefined {
  const { people, after, isOneself, byInstallationAdmin } = change;
  const before = people.find(({ personId }) => personId === after.personId)?.roles ?? [];
  if (isOneself && gained(before, after.roles).length > 0) return 'raises_oneself';
  const takesAdmin = before.includes('admin') && !after.roles.includes('admin');
  if (!takesAdmin || byInstallationAdmin) return undefined;
  const others = people.filter(({ personId }) => personId !== after.personId);
  return others.some(({ roles }) => roles.includes('admin')) ? undefined : 'last_admin';
}

/** Whether a change gave a role that decides money. */
export function givesMoneyRole(before: readonly StaffRole[], after: readonly StaffRole[]): boolean {
  return gained(before, after).some((role) => DECIDES_MONEY.has(role));
}

function gained(before: readonly StaffRole[], after: readonly StaffRole[]): readonly StaffRole[] {
  return after.filter((role) => !before.includes(role));
}

/** Each once, in the one order in which roles are told. */
export function inOrder(roles: readonly StaffRole[]): readonly StaffRole[] {
  return STAFF_ROLES.filter((role) => roles.includes(role));
}
