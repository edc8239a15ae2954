import { describe, expect, it } from 'vitest';
import { givesMoneyRole, inOrder, judgeRoleChange, type StaffRole } from '#shared/domain/people/roles';

const person = (personId: string, ...roles: StaffRole[]) => ({ personId, roles });
const judge = (over: Partial<Parameters<typeof judgeRoleChange>[0]>) =>
  judgeRoleChange({
    people: [person('ada', 'admin'), person('bob', 'approver')],
    after: person('bob', 'finance'),
    isOneself: false,
    byInstallationAdmin: false,
    ...over,
  });

describe('a change of roles', () => {
  it('is for an admin to make', () => {
    expect(judge({})).toBeUndefined();
    expect(judge({ after: person('new', 'admin') })).toBeUndefined();
  });

  it('never gives anybody a role of their own making, not even an admin of all programmes', () => {
    for (const byInstallationAdmin of [false, true]) {
      expect(judge({ after: person('ada', 'admin', 'approver'), isOneself: true, byInstallationAdmin })).toBe(
        'raises_oneself',
      );
      expect(judge({ after: person('new', 'finance'), isOneself: true, byInstallationAdmin })).toBe('raises_oneself');
    }
  });

  it('lets people give up a role themselves', () => {
    expect(
      judge({ people: [person('ada', 'admin', 'finance')], after: person('ada', 'admin'), isOneself: true }),
    ).toBeUndefined();
  });

  it('leaves the programme an admin of its own, or one of all programmes', () => {
    expect(judge({ after: person('ada') })).toBe('last_admin');
    expect(judge({ after: person('ada', 'finance'), isOneself: false })).toBe('last_admin');
    expect(judge({ after: person('ada'), byInstallationAdmin: true })).toBeUndefined();
    const people = [person('ada', 'admin'), person('eve', 'admin')];
    expect(judge({ people, after: person('ada') })).toBeUndefined();
  });
});

it.each([
  [[], ['approver'], true],
  [['partner_manager'], ['partner_manager', 'admin'], true],
  [[], ['partner_manager'], false],
  [['finance', 'approver'], ['finance'], false],
  [['finance'], ['finance'], false],
] as const)('from %j to %j decides money: %s', (before, after, expected) => {
  expect(givesMoneyRole(before, after)).toBe(expected);
});

it('roles are told each once and in one order', () => {
  expect(inOrder(['partner_manager', 'admin', 'partner_manager'])).toEqual(['admin', 'partner_manager']);
});
