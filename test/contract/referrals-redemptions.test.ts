import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRedemptionStore } from '#shared/adapters/dynamodb/referrals/redemptions';
import type { RedemptionStore } from '#shared/application/referrals/ports';
import { aRedemption, instant } from '#test/support/builders/referrals';
import { makeFakeRedemptions } from '#test/support/fakes/redemption-store';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

const NOW = instant('2026-01-15T12:00:00Z');
const AFTER = instant('2026-01-15T13:00:00Z');

let table: TestTable;
beforeAll(async () => {
  table = await aReferralsTable();
});
afterAll(() => table?.stop());

const implementations: readonly [string, () => RedemptionStore][] = [
  ['on the engine', () => makeRedemptionStore(table)],
  ['in memory', makeFakeRedemptions],
];

describe.each(implementations)('redemptions %s', (_name, make) => {
  let redemptions: RedemptionStore;
  let codes = 0;
  const aNewCode = (): string => `CODE${++codes}`;
  beforeAll(() => {
    redemptions = make();
  });

  it('reserves a code once a customer, and again after it was released', async () => {
    const redemption = aRedemption({ redemptionId: aNewCode() });
    expect(await redemptions.reserve(redemption, undefined, NOW)).toBe('reserved');
    expect(await redemptions.reserve(redemption, undefined, NOW)).toBe('exists');
    expect(await redemptions.release(redemption)).toBe('done');
    expect((await redemptions.find('shop', redemption.redemptionId))?.status).toBe('released');
    expect(await redemptions.reserve(redemption, undefined, NOW)).toBe('reserved');
    expect(await redemptions.confirm(redemption)).toBe('done');
    expect(await redemptions.confirm(redemption)).toBe('changed');
    expect(await redemptions.release(redemption)).toBe('changed');
    expect(await redemptions.reserve(redemption, undefined, AFTER)).toBe('exists');
  });

  it('replaces a lapsed reservation that holds no seat', async () => {
    const redemption = aRedemption({ redemptionId: aNewCode() });
    await redemptions.reserve(redemption, undefined, NOW);
    const later = { ...redemption, reservedUntil: instant('2026-01-15T13:30:00Z') };
    expect(await redemptions.reserve(later, undefined, AFTER)).toBe('reserved');
    expect(await redemptions.confirm(redemption)).toBe('changed');
  });

  it('gives exactly as many seats as a code has, however many ask at once', async () => {
    const code = aNewCode();
    const ask = async (index: number): Promise<string> => {
      const redemption = aRedemption({ redemptionId: `${code}-${index}`, code, limited: true });
      let outcome = await redemptions.reserve(redemption, 10, NOW);
      while (outcome === 'contended') outcome = await redemptions.reserve(redemption, 10, NOW);
      return outcome;
    };
    const outcomes = await Promise.all(Array.from({ length: 60 }, (_, index) => ask(index)));
    expect(outcomes.filter((outcome) => outcome === 'reserved')).toHaveLength(10);
    expect(outcomes.filter((outcome) => outcome === 'exhausted')).toHaveLength(50);
  });

  it('gives a seat back when a reservation is released, and keeps it when it is confirmed', async () => {
    const code = aNewCode();
    const [first, second, third] = ['a', 'b', 'c'].map((id) =>
      aRedemption({ redemptionId: `${code}-${id}`, code, limited: true }),
    ) as [ReturnType<typeof aRedemption>, ReturnType<typeof aRedemption>, ReturnType<typeof aRedemption>];
    await redemptions.reserve(first, 1, NOW);
    expect(await redemptions.reserve(second, 1, NOW)).toBe('exhausted');
    await redemptions.release(first);
    expect(await redemptions.reserve(second, 1, NOW)).toBe('reserved');
    await redemptions.confirm(second);
    expect(await redemptions.reserve(third, 1, AFTER)).toBe('exhausted');
  });

  it('finds the reservations of a limited code that have lapsed, not the confirmed ones', async () => {
    const code = aNewCode();
    const ids = ['late', 'confirmed', 'open'];
    const until = [NOW, NOW, AFTER];
    for (const [index, id] of ids.entries()) {
      const reservedUntil = until[index] ?? NOW;
      await redemptions.reserve(
        aRedemption({ redemptionId: `${code}-${id}`, code, limited: true, reservedUntil }),
        5,
        NOW,
      );
    }
    await redemptions.confirm(
      aRedemption({ redemptionId: `${code}-confirmed`, code, limited: true, reservedUntil: NOW }),
    );
    const lapsed = await redemptions.lapsed('shop', code, instant('2026-01-15T12:30:00Z'), 10);
    expect(lapsed.map((redemption) => redemption.redemptionId)).toEqual([`${code}-late`]);
  });
});
