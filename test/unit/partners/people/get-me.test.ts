import { describe, expect, it } from 'vitest';
import { makeGetMe } from '#shared/application/partners/people/get-me';
import type { Program } from '#shared/application/programs';
import { makeMemoryApiKeys } from '#test/support/fakes/api-key-store';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';

const shop = aProgram();
const cafe = aProgram({ programId: 'cafe', name: 'Cafe', currency: 'EUR', timeZone: 'Europe/Berlin' });

function meOf(...known: readonly Program[]) {
  const apiKeys = makeMemoryApiKeys();
  const programs = {
    ...makeFakePrograms(...known),
    async *list() {
      yield* known;
    },
  };
  const partnerNames = {
    name: async (_: string, partnerId: string) => (partnerId === 'p1' ? 'Acme Agency' : undefined),
  };
  return makeGetMe({ programs, partnerNames, apiKeys });
}

const person = { kind: 'person', id: 'person:s1' } as const;

describe('get me', () => {
  it('tells a role in every programme for each that there is, by name', async () => {
    const me = await meOf(shop, cafe)({ ...person, signedInAt: 0, grants: [{ programId: '*', role: 'finance' }] });
    expect(me).toMatchObject({ installationRoles: ['finance'], signedInAt: '1970-01-01T00:00:00.000Z' });
    expect(me.grants).toEqual([
      { programId: 'cafe', programName: 'Cafe', currency: 'EUR', timeZone: 'Europe/Berlin', role: 'finance' },
      { programId: 'shop', programName: 'Corner shop', currency: 'GBP', timeZone: 'Europe/London', role: 'finance' },
    ]);
    expect(me.moreProgramsExist).toBe(false);
  });

  it('tells a partner its own name and no other programme', async () => {
    const me = await meOf(shop, cafe)({ ...person, grants: [{ programId: 'shop', role: 'partner', partnerId: 'p1' }] });
    expect(me.grants).toMatchObject([
      { programId: 'shop', role: 'partner', partnerId: 'p1', partnerName: 'Acme Agency' },
    ]);
    expect(me.installationRoles).toEqual([]);
  });

  it('tells a role once that somebody has here and everywhere', async () => {
    const grants = [
      { programId: '*', role: 'admin' as const },
      { programId: 'shop', role: 'admin' as const },
      { programId: 'shop', role: 'approver' as const },
    ];
    const me = await meOf(shop)({ ...person, grants });
    expect(me.grants.map(({ role }) => role)).toEqual(['admin', 'approver']);
  });

  it('answers whoever has no role with none', async () => {
    const me = await meOf(shop)({ ...person, grants: [] }, { verifiedEmail: 'ada@shop.example', name: 'Ada' });
    expect(me).toMatchObject({ email: 'ada@shop.example', name: 'Ada', grants: [], moreProgramsExist: false });
  });

  it('leaves out a programme that is gone', async () => {
    const me = await meOf(shop)({ ...person, grants: [{ programId: 'gone', role: 'admin' }] });
    expect(me.grants).toEqual([]);
  });

  it('tells a hundred programmes and that there are more', async () => {
    const many = Array.from({ length: 101 }, (_, index) => aProgram({ programId: `p${index}` }));
    const me = await meOf(...many)({ ...person, grants: [{ programId: '*', role: 'admin' }] });
    expect(me.grants).toHaveLength(100);
    expect(me.moreProgramsExist).toBe(true);
  });
});
