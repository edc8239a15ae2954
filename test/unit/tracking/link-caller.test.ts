import { describe, expect, it } from 'vitest';
import type { Principal } from '#functions/runtime/principal';
import { linkCaller, linkEditor, requireOwnPartner } from '#functions/tracking/link-caller';
import type { Role } from '#shared/contracts/route';

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
