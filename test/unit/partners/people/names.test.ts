import { beforeEach, describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeListNames } from '#shared/application/partners/people/list-names';
import type { KnownPerson } from '#shared/application/partners/people/people-ports';
import { makeRecordSignIn } from '#shared/application/partners/people/record-sign-in';
import type { PersonGrant } from '#shared/application/partners/ports';
import { instant } from '#test/support/builders/partners';
import { makeMemoryApiKeys } from '#test/support/fakes/api-key-store';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';

let kept: Map<string, KnownPerson>;
let writes: number;
let now: number;
let grants: readonly PersonGrant[];
const directory = {
  find: async (ids: readonly string[]) => ids.flatMap((id) => kept.get(id) ?? []),
  keep: async (person: KnownPerson) => {
    writes += 1;
    kept.set(person.id, person);
  },
};
const signIn = (...args: Parameters<ReturnType<typeof makeRecordSignIn>>) =>
  makeRecordSignIn({ directory, digest, clock: () => now })(...args);
const apiKeys = makeMemoryApiKeys();
const names = makeListNames({
  directory,
  people: { grantsByEmailHash: async () => grants, partnersByEmailHash: async () => [] },
  apiKeys,
  programs: makeFakePrograms(aProgram({ name: 'Acme' }), aProgram({ programId: 'other' })),
  partners: {
    name: async (programId, partnerId) => (programId === 'shop' && partnerId === 'p1' ? 'Pia Prints' : undefined),
  },
});

const ada = { kind: 'person', id: 'person:ada', grants: [{ programId: '*', role: 'finance' }] } as const;
const pia = {
  kind: 'person',
  id: 'person:pia',
  grants: [{ programId: 'shop', role: 'partner', partnerId: 'p1' }],
} as const;

beforeEach(async () => {
  kept = new Map();
  writes = 0;
  now = 0;
  grants = [];
  await signIn(ada, { verifiedEmail: 'ada@shop.example', name: 'Ada' });
  await signIn(pia, { verifiedEmail: 'pia@partners.example' });
});

describe('a sign-in', () => {
  it('is written when something is new, and not otherwise', async () => {
    expect(writes).toBe(2);
    now = 5;
    await signIn(ada, { verifiedEmail: 'ada@shop.example', name: 'Ada' });
    expect(writes).toBe(2);
    await signIn(ada, { verifiedEmail: 'ada@shop.example', name: 'Ada Lovelace' });
    expect(writes).toBe(3);
    expect(kept.get('person:ada')).toMatchObject({ name: 'Ada Lovelace', seenAt: '1970-01-01T00:00:00.005Z' });
  });

  it('remembers where somebody had a role, whose records stay', async () => {
    await signIn({ ...ada, grants: [] }, { verifiedEmail: 'ada@shop.example', name: 'Ada' });
    expect(kept.get('person:ada')?.staffOf).toEqual(['*']);
  });
});

describe('names', () => {
  it('tell staff a name, else an address, and what a key is called', async () => {
    const key = {
      keyId: 'k1',
      name: 'Shop backend',
      role: 'merchant',
      programId: 'shop',
      createdAt: instant('2026-01-01T00:00:00Z'),
      createdBy: 'person:ada',
    } as const;
    await apiKeys.create(key, 'hash');
    expect(
      await names('shop', ['person:ada', 'person:pia', 'key:k1', 'system:scheduler', 'person:ada'], 'staff'),
    ).toEqual([
      { id: 'person:ada', kind: 'person', name: 'Ada' },
      { id: 'person:pia', kind: 'person', name: 'pia@partners.example', partnerId: 'p1' },
      { id: 'key:k1', kind: 'api_key', name: 'Shop backend' },
      { id: 'system:scheduler', kind: 'system', name: 'Tallystick' },
    ]);
  });

  it("tell nobody of another programme's people and keys", async () => {
    expect(await names('other', ['person:pia', 'key:k1', 'person:nobody'], 'staff')).toEqual([]);
  });

  it('tell of somebody whose role was given since the last sign-in', async () => {
    await signIn({ ...pia, id: 'person:new', grants: [] }, { verifiedEmail: 'new@shop.example', name: 'New' });
    expect(await names('other', ['person:new'], 'staff')).toEqual([]);
    grants = [{ programId: 'other', roles: ['finance'] }];
    expect(await names('other', ['person:new'], 'staff')).toEqual([{ id: 'person:new', kind: 'person', name: 'New' }]);
  });

  it('tell a partner its own people, and of all others one label that names nobody', async () => {
    const reader = { partnerIds: ['p1'], isSelf: (id: string) => id === 'person:pia' };
    expect(await names('shop', ['person:pia', 'person:ada', 'key:k1', 'person:nobody'], reader)).toEqual([
      { id: 'person:pia', kind: 'person', name: 'pia@partners.example', partnerId: 'p1' },
      { id: 'person:ada', kind: 'person', name: 'Acme partner team' },
      { id: 'key:k1', kind: 'api_key', name: 'Acme partner team' },
      { id: 'person:nobody', kind: 'person', name: 'Acme partner team' },
    ]);
    const another = await names('shop', ['person:pia'], { partnerIds: ['p2'], isSelf: () => false });
    expect(another).toMatchObject([{ name: 'Acme partner team' }]);
  });

  it('tell staff what partners are called, and a partner what it is called itself', async () => {
    const pias = { id: 'partner:p1', kind: 'partner', name: 'Pia Prints', partnerId: 'p1' };
    expect(await names('shop', ['partner:p1', 'partner:p9'], 'staff')).toEqual([pias]);
    expect(await names('other', ['partner:p1'], 'staff')).toEqual([]);
    expect(await names('shop', ['partner:p1'], { partnerIds: ['p1'], isSelf: () => false })).toEqual([pias]);
    expect(await names('shop', ['partner:p1'], { partnerIds: ['p2'], isSelf: () => false })).toEqual([]);
  });
});
