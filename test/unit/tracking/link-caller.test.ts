import { describe, expect, it } from 'vitest';
import type { Principal } from '#functions/runtime/principal';
import { linkChangeAnswer } from '#functions/tracking/answers';
import { linkCaller, linkEditor, requireOwnPartner } from '#functions/tracking/link-caller';
import type { LinkChange } from '#shared/application/tracking/ports';
import type { Role } from '#shared/contracts/route';
import { instant } from '#test/support/builders/referrals';

const caller = (...roles: Role[]): Principal => ({
  kind: 'person',
  id: 'person:1',
  grants: roles.map((role) => ({ programId: 'shop', role, ...(role === 'partner' ? { partnerId: 'mira' } : {}) })),
});

describe('on whose side a caller acts on links', () => {
  it.each([['admin'], ['partner_manager'], ['merchant']] as const)(
    '%s changes every link, also as a partner',
    (role) => {
      expect(linkEditor(caller(role), 'shop')).toEqual({ side: 'staff' });
      expect(linkEditor(caller(role, 'partner'), 'shop')).toEqual({ side: 'staff' });
    },
  );

  it.each([['finance'], ['approver']] as const)('%s who is a partner too changes only its own', (role) => {
    expect(linkEditor(caller(role, 'partner'), 'shop')).toEqual({ side: 'partner', partnerIds: ['mira'] });
    expect(linkCaller(caller(role, 'partner'), 'shop')).toEqual({ side: 'staff' });
  });

  it('a partner of another programme, or nobody, changes nothing', () => {
    expect(linkEditor(caller('partner'), 'other')).toEqual({ side: 'partner', partnerIds: [] });
    expect(linkEditor(undefined, 'shop')).toEqual({ side: 'partner', partnerIds: [] });
  });

  it('a partner makes links for itself alone', () => {
    const partner = linkEditor(caller('partner'), 'shop');
    expect(() => requireOwnPartner(partner, 'mira')).not.toThrow();
    expect(() => requireOwnPartner(partner, 'noor')).toThrow('your own partner id');
    expect(() => requireOwnPartner(linkEditor(caller('admin'), 'shop'), 'noor')).not.toThrow();
  });
});

it('who of the staff changed a link is nothing that its partner learns', () => {
  const change = { sequence: 1, at: instant('2026-01-15T12:00:00Z'), by: 'person:7', onBehalfOf: 'person:8' };
  const stored = {
    ...change,
    before: { destination: 'https://a.example/', status: 'active' },
    after: {},
  } as LinkChange;
  expect(JSON.stringify(linkChangeAnswer(stored, true))).not.toContain('person:');
  expect(linkChangeAnswer(stored, false)).toMatchObject({ by: 'person:7', onBehalfOf: 'person:8', sequence: 1 });
});
