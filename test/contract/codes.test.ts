import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCodeStore } from '#shared/adapters/dynamodb/referrals/codes/codes';
import { makeRedeemedDays } from '#shared/adapters/dynamodb/referrals/codes/redeemed-days';
import { makeRedemptionCounts } from '#shared/adapters/dynamodb/referrals/codes/redemption-counts';
import { makeRedemptionStore } from '#shared/adapters/dynamodb/referrals/codes/redemptions';
import { makeSeatStore } from '#shared/adapters/dynamodb/referrals/codes/seats';
import type { RedemptionStore } from '#shared/application/referrals/redemptions/redemption-ports';
import { makeChangeCode } from '#shared/application/tracking/codes/change-code';
import type { CodeCatalogue, CodeChange } from '#shared/application/tracking/codes/code-ports';
import { canonicalCode, generateCode } from '#shared/domain/tracking/code';
import { pickShard, seatsTaken } from '#shared/domain/tracking/seats';
import { aCode, aRedemption, instant } from '#test/support/builders/referrals';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';
import { makeFakeCodes } from '#test/support/fakes/tracking';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

const NOW = instant('2026-01-15T12:00:00Z');
const retry = { pause: async () => {}, random: Math.random };

let table: TestTable;
beforeAll(async () => {
  table = await aReferralsTable();
});
afterAll(() => table?.stop());

const aChange = (overrides: Partial<CodeChange> = {}): CodeChange => ({
  sequence: 1,
  at: NOW,
  by: 'person:manager',
  before: {},
  after: { disabled: true, discount: { kind: 'fixed', amountMinor: 5_00n }, currency: 'EUR' },
  ...overrides,
});

const implementations: readonly [string, () => CodeCatalogue][] = [
  ['on the engine', () => makeCodeStore(table)],
  ['in memory', makeFakeCodes],
];

describe.each(implementations)('codes %s', (name, make) => {
  let codes: CodeCatalogue;
  let made = 0;
  const aName = (): string => `${name}-${++made}`.replaceAll(' ', '').toUpperCase();
  beforeAll(() => {
    codes = make();
  });

  it('come back with all their terms', async () => {
    const code = aCode({
      code: aName(),
      discount: { kind: 'percent', rateBps: 1_000, capMinor: 2n ** 53n },
      currency: 'EUR',
      minimumSpendMinor: 20_00n,
      newCustomersOnly: true,
      maxPerCustomer: 2,
      isChosen: true,
    });
    await codes.add(code, code.code);
    expect(await codes.find(canonicalCode(code.code))).toEqual(code);
  });

  it('come back without words of their own', async () => {
    const code = { ...aCode({ code: aName() }), description: undefined };
    await codes.add(code, code.code);
    expect((await codes.find(canonicalCode(code.code)))?.description).toBeUndefined();
  });

  it('are stored many at once, or none of them', async () => {
    const programId = aName();
    const some = Array.from({ length: 25 }, () => aCode({ programId, code: aName(), batchId: 'b1' }));
    expect(await codes.addAll(some)).toBe('added');
    expect(await codes.addAll([aCode({ programId, code: aName() }), ...some.slice(0, 1)])).toBe('refused');
    expect((await codes.list(programId, { limit: 100 })).items).toHaveLength(25);
  });

  it('keep the first seed of a request', async () => {
    const programId = aName();
    const first = { seed: 'first', contentHash: 'hash' };
    expect(await codes.openBatch(programId, 'r', first)).toEqual(first);
    expect(await codes.openBatch(programId, 'r', { seed: 'second', contentHash: 'other' })).toEqual(first);
  });

  it('change with their record, from the version that was read, in both places', async () => {
    const programId = aName();
    const code = aCode({ programId, code: aName() });
    await codes.add(code, 'request');
    const canonical = canonicalCode(code.code);
    const after = { ...code, disabled: true, version: 1 };
    expect(await codes.change(after, aChange())).toBe('changed');
    expect(await codes.change({ ...code, version: 1 }, aChange())).toBe('contended');
    expect(await codes.change({ ...code, version: 2 }, aChange({ sequence: 2, after: {} }))).toBe('changed');
    expect(await codes.find(canonical)).toEqual({ ...code, version: 2 });
    expect((await codes.list(programId, { limit: 5 })).items).toEqual([{ ...code, version: 2 }]);
    const changes = await codes.changes(programId, canonical, 10);
    expect(changes).toEqual([aChange({ sequence: 2, after: {} }), aChange()]);
    expect(await codes.changes(programId, canonical, 1)).toHaveLength(1);
  });
});

describe('a mistyped code', () => {
  it('is answered without a read', async () => {
    const code = canonicalCode(generateCode(new Uint8Array(10).fill(7)));
    const never = { send: () => Promise.reject(new Error('was read')) } as unknown as TestTable['documents'];
    const codes = makeCodeStore({ documents: never, tableName: 'none' });
    expect(await codes.find(`${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`)).toBeUndefined();
    await expect(codes.find(code)).rejects.toThrow('was read');
  });
});

describe('a limit that is changed', () => {
  let redemptions: RedemptionStore;
  const programs = makeFakePrograms(aProgram());
  beforeAll(() => {
    redemptions = makeRedemptionStore(table);
  });
  const change = (code: string, maxRedemptions: number) =>
    makeChangeCode({ codes: makeCodeStore(table), seats: makeSeatStore(table), programs, clock: Date.now, ...retry })({
      programId: 'shop',
      code,
      change: { maxRedemptions },
      by: 'person:manager',
    });
  /** Takes seats one after the other until there are none; answers how many. */
  const takeAll = async (code: string, limit: number, from: number): Promise<number> => {
    for (let count = 0; ; count += 1) {
      const shard = pickShard(await redemptions.shards('shop', code, limit), Math.random());
      if (!shard) return count;
      const redemptionId = `${code}-${from + count}`;
      const held = aRedemption({ redemptionId, code, limited: true, shard: shard.index });
      await redemptions.reserve(held, NOW, { index: shard.index, places: shard.places ?? 0 });
    }
  };

  it('is exact upwards, downwards and below what was taken', async () => {
    await makeCodeStore(table).add(aCode({ code: 'M0VED', maxRedemptions: 20 }), 'moved');
    expect(await takeAll('M0VED', 20, 0)).toBe(20);
    await change('M0VED', 50);
    expect(await takeAll('M0VED', 50, 20)).toBe(30);
    await change('M0VED', 45);
    for (let id = 0; id < 10; id += 1) {
      const held = await redemptions.find('shop', `M0VED-${id}`);
      if (held) await redemptions.release(held);
    }
    const shards = await redemptions.shards('shop', 'M0VED', 45);
    expect(seatsTaken(shards)).toBe(40);
    expect(await redemptions.rebalance('shop', 'M0VED', 50, shards)).toBe('contended');
    expect(await redemptions.rebalance('shop', 'M0VED', 45, shards)).toBe('done');
    expect(await takeAll('M0VED', 45, 100)).toBe(5);
  });

  it('holds for whoever read the old one', async () => {
    await makeCodeStore(table).add(aCode({ code: 'SHRUNK', maxRedemptions: 40 }), 'lowered');
    const stale = await redemptions.shards('shop', 'SHRUNK', 40);
    await change('SHRUNK', 3);
    const outcomes = await Promise.all(
      stale.map(({ index, places = 0 }) =>
        redemptions.reserve(
          aRedemption({ redemptionId: `low-${index}`, code: 'SHRUNK', limited: true, shard: index }),
          NOW,
          { index, places },
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'reserved')).toHaveLength(3);
  });
});

describe('the count of redemptions', () => {
  it('has each confirmed one once, however often it is told, also at once', async () => {
    const redemptions = makeRedemptionStore(table);
    const counts = makeRedemptionCounts({ ...table, ...retry });
    const ids = Array.from({ length: 120 }, (_, index) => `count-${index}`);
    for (const redemptionId of ids) {
      const redemption = aRedemption({ redemptionId, code: redemptionId.endsWith('9') ? 'C0UNTED9' : 'C0UNTED' });
      await redemptions.reserve(redemption, NOW);
      if (redemptionId !== 'count-0') await redemptions.confirm(redemption);
    }
    const told = (some: readonly string[]) =>
      some.map((redemptionId) => ({ redemptionId, day: redemptionId === 'count-1' ? undefined : '2026-01-15' }));
    await Promise.all([
      counts.count('shop', told(ids.slice(0, 70))),
      counts.count('shop', told([...ids.slice(30), 'nowhere'])),
    ]);
    expect(await counts.count('shop', told(ids))).toBe(0);
    const { partnerId } = aRedemption();
    const asked = { partnerId, from: '2026-01-01', to: '2026-01-31' };
    expect(await makeRedeemedDays(table)('shop', asked)).toEqual([{ day: '2026-01-15', redemptions: 118 }]);
    const confirmed = await counts.confirmed('shop', ['C0UNTED', 'C0UNTED9', 'QUIET']);
    expect([...confirmed].sort()).toEqual([
      ['C0UNTED', 107],
      ['C0UNTED9', 12],
    ]);
  });
});
