import { describe, expect, it } from 'vitest';
import type { Standing } from '#shared/application/partners/ports';
import { makeSetTierScheme } from '#shared/application/partners/tiers/set-tier-scheme';
import { DEFAULT_TIER_SCHEME, type TierScheme } from '#shared/domain/partner/tiers/tier-scheme';
import { instant } from '#test/support/builders/partners';
import { aScheme } from '#test/support/builders/tiers';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';
import { makeFakeTierSchemes } from '#test/support/fakes/tier-schemes';

const NOW = Date.parse('2026-03-01T12:00:00Z');

function house(tiers: readonly string[] = []) {
  const schemes = makeFakeTierSchemes();
  let now = NOW;
  const set = makeSetTierScheme({
    schemes,
    partners: {
      standings: async function* () {
        for (const tier of tiers) {
          yield { tiers: [{ tier, from: instant('2026-01-01T00:00:00Z'), sequence: 1 }] } as unknown as Standing;
        }
      },
    },
    programs: makeFakePrograms(aProgram({ programId: 'acme' })),
    clock: () => now,
  });
  return {
    schemes,
    at: (instant: number) => {
      now = instant;
    },
    set: (scheme: TierScheme, expectedVersion: number, over: Partial<Parameters<typeof set>[0]> = {}) =>
      set({
        ...{ programId: 'acme', expectedVersion, scheme, reason: 'Spring', by: 'person:ada', signedInAt: now },
        ...over,
      }),
  };
}

describe("changing a programme's tiers", () => {
  it('stores the next version with who, when and why', async () => {
    const { set, schemes } = house();
    const scheme = aScheme({ graceDays: 30 });
    const { version, stillHeld } = await set(scheme, 0);
    expect(version).toEqual({
      programId: 'acme',
      version: 1,
      scheme,
      recorded: { at: '2026-03-01T12:00:00.000Z', by: 'person:ada', reason: 'Spring' },
    });
    expect(stillHeld).toEqual([]);
    expect(await schemes.current('acme')).toEqual(version);
  });

  it('refuses over a version that was not the one on the screen, and says which there is', async () => {
    const { set } = house();
    await set(aScheme({ graceDays: 30 }), 0);
    await expect(set(aScheme({ graceDays: 40 }), 0, { by: 'person:bob' })).rejects.toMatchObject({
      code: 'tier_scheme_changed',
      errors: [{ pointer: '/expectedVersion', rule: 'must be 1' }],
      extra: { currentVersion: 1 },
    });
    await expect(set(aScheme({ graceDays: 40 }), 7)).rejects.toMatchObject({ code: 'tier_scheme_changed' });
  });

  it('stores nothing for what holds already, so that a repeat after a lost answer is no conflict', async () => {
    const { set, schemes } = house();
    expect((await set(DEFAULT_TIER_SCHEME, 0)).version.version).toBe(0);
    await set(aScheme({ graceDays: 30 }), 0);
    expect((await set(aScheme({ graceDays: 30 }), 0)).version.version).toBe(1);
    expect((await schemes.list('acme', { limit: 9 })).items).toHaveLength(1);
  });

  it('asks for a sign-in of the last minutes', async () => {
    const { set } = house();
    const old = { signedInAt: NOW - 16 * 60_000 };
    for (const signedIn of [old, { signedInAt: undefined }]) {
      await expect(set(aScheme({ graceDays: 30 }), 0, signedIn)).rejects.toMatchObject({ code: 'login_not_fresh' });
    }
  });

  it('counts the partners on tiers that are gone: they keep them', async () => {
    const { set } = house(['certified', 'certified', 'premium', 'referral', 'somebodys-own']);
    const tiers = DEFAULT_TIER_SCHEME.tiers.filter(({ tier }) => tier !== 'certified');
    expect((await set(aScheme({ tiers }), 0)).stillHeld).toEqual([{ tier: 'certified', partners: 2 }]);
    // Those were gone before.
    expect((await set(aScheme({ tiers, graceDays: 30 }), 1)).stillHeld).toEqual([]);
  });

  it('keeps versions in the order of time, also when a clock was set back', async () => {
    const { set, at } = house();
    await set(aScheme({ graceDays: 30 }), 0);
    at(NOW - 60_000);
    const { version } = await set(aScheme({ graceDays: 31 }), 1);
    expect(version.recorded?.at).toBe('2026-03-01T12:00:00.001Z');
  });
});
