import { setTimeout as pause } from 'node:timers/promises';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeRedemptionStore } from '#shared/adapters/dynamodb/referrals/codes/redemptions';
import { codeKey } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { makeCloseRedemption } from '#shared/application/referrals/redemptions/close-redemption';
import { makeRedeemCode } from '#shared/application/referrals/redemptions/redeem-code';
import type { Redemption } from '#shared/application/referrals/redemptions/redemption-ports';
import { canonicalCode } from '#shared/domain/tracking/code';
import { seatsTaken } from '#shared/domain/tracking/seats';
import { aCode } from '#test/support/builders/referrals';
import { withConflicts } from '#test/support/conflicting-table';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

const HALF_AN_HOUR_MS = 30 * 60_000;
/** A transaction of two items takes about this long in the cloud. */
const HELD_MS = 15;

let table: TestTable;
beforeAll(async () => {
  table = await aReferralsTable();
});
afterAll(() => table?.stop());

/** Seconds on a quiet machine. */
const SLOW_MS = 90_000;

type Outcome = Redemption | string;

/** Checkouts of one code on the engine, through the use cases, with the pauses they have in the cloud. */
async function aRush(maxRedemptions: number | undefined, name: string, cut?: () => 'before' | 'after' | undefined) {
  let now = Date.parse('2026-01-15T12:00:00Z');
  const code = aCode({ code: name, maxRedemptions });
  const canonical = canonicalCode(name);
  await table.documents.send(
    new PutCommand({ TableName: table.tableName, Item: { ...codeKey(canonical), maxRedemptions } }),
  );
  const { documents, written, conflicts } = withConflicts(table.documents, { heldMs: HELD_MS, ...(cut && { cut }) });
  const redemptions = makeRedemptionStore({ documents, tableName: table.tableName });
  const clock = () => now;
  const retry = { pause: (ms: number) => pause(ms), random: Math.random };
  const redeem = makeRedeemCode({
    redemptions,
    codes: { find: async () => code },
    customers: { history: async () => ({}) },
    programs: makeFakePrograms(aProgram()),
    log: { info: () => undefined },
    clock,
    digest,
    ...retry,
  });
  const close = makeCloseRedemption({ redemptions, clock, ...retry });
  const ask = (customerId: string): Promise<Outcome> =>
    redeem({ programId: 'shop', code: name, customerId }).then(
      ({ redemption }) => redemption,
      (error: { code?: string; name: string }) => error.code ?? error.name,
    );
  return {
    redemptions,
    written,
    conflicts,
    wait: (ms: number) => (now += ms),
    ask,
    rush: (customers: readonly number[]) => Promise.all(customers.map((customer) => ask(`c${customer}`))),
    close: (redemption: Redemption, to: 'confirmed' | 'released') =>
      close({ programId: 'shop', redemptionId: redemption.redemptionId, to }),
    taken: async () => seatsTaken(await redemptions.shards('shop', canonical, maxRedemptions ?? 1)),
  };
}

const customers = (count: number, from = 0): number[] => Array.from({ length: count }, (_, index) => from + index);
const won = (outcomes: readonly Outcome[]): Redemption[] => outcomes.filter((outcome) => typeof outcome !== 'string');
const refusals = (outcomes: readonly Outcome[]): Set<Outcome> =>
  new Set(outcomes.filter((outcome) => typeof outcome === 'string'));

describe('a rush on a code', () => {
  it(
    'of a thousand customers for a hundred seats gives exactly a hundred, and the others one answer',
    async () => {
      const shop = await aRush(100, 'HUNDRED');
      const outcomes = await shop.rush(customers(1_000));
      expect(won(outcomes)).toHaveLength(100);
      expect(refusals(outcomes)).toEqual(new Set(['code_not_redeemable']));
      expect(await shop.taken()).toBe(100);
      expect(shop.conflicts()).toBeGreaterThan(0);
    },
    SLOW_MS,
  );

  it('gives exactly as many again when some confirm, some release and some lapse', async () => {
    const shop = await aRush(40, 'MIXED');
    const first = won(await shop.rush(customers(80)));
    expect(first).toHaveLength(40);
    const [confirmed, released] = [first.slice(0, 15), first.slice(15, 25)];
    const moved = await Promise.all([
      ...confirmed.map((one) => shop.close(one, 'confirmed')),
      ...released.map((one) => shop.close(one, 'released')),
      ...customers(60, 200).map((customer) => shop.ask(`c${customer}`)),
    ]);
    const second = won(moved.slice(25) as Outcome[]);
    expect(second.length).toBeLessThanOrEqual(10);
    expect(won(await shop.rush(customers(20, 300)))).toHaveLength(10 - second.length);
    expect(await shop.taken()).toBe(40);
    shop.wait(HALF_AN_HOUR_MS + 1);
    const third = await shop.rush(customers(60, 400));
    expect(won(third)).toHaveLength(40 - confirmed.length);
    expect(refusals(third)).toEqual(new Set(['code_not_redeemable']));
    expect(await shop.taken()).toBe(40);
  });

  it('loses and invents no seat when requests die before and after their writes', async () => {
    let writes = 0;
    const shop = await aRush(20, 'CRASHES', () =>
      ++writes % 5 === 0 ? 'before' : writes % 5 === 1 ? 'after' : undefined,
    );
    const all = customers(60);
    let outcomes = await shop.rush(all);
    expect(outcomes).toContain('TimeoutError');
    // Whoever got no answer asks again, as checkouts do.
    for (let round = 0; round < 20 && outcomes.includes('TimeoutError'); round += 1) {
      const again = await Promise.all(
        outcomes.map((outcome, customer) => (outcome === 'TimeoutError' ? shop.ask(`c${customer}`) : outcome)),
      );
      outcomes = again;
    }
    expect(new Set(won(outcomes).map(({ redemptionId }) => redemptionId)).size).toBe(20);
    expect(refusals(outcomes)).toEqual(new Set(['code_not_redeemable']));
    expect(await shop.taken()).toBe(20);
  });

  it('without a limit writes the item of each redemption and no other', async () => {
    const shop = await aRush(undefined, 'OPEN');
    const outcomes = won(await shop.rush(customers(50)));
    await Promise.all(outcomes.map((one, index) => shop.close(one, index % 2 ? 'confirmed' : 'released')));
    const own = outcomes.map(({ redemptionId }) => `shop#REDEMPTION#${redemptionId} REDEMPTION`);
    expect(shop.conflicts()).toBe(0);
    expect(shop.written.toSorted()).toEqual([...own, ...own].toSorted());
  });

  it('gives the last seats of a code from before there were shards, and no more', async () => {
    const counter = { pk: `shop#SEATS#${canonicalCode('OLDCODE')}`, sk: 'COUNTER', taken: 30 };
    await table.documents.send(new PutCommand({ TableName: table.tableName, Item: counter }));
    const shop = await aRush(50, 'OLDCODE');
    const outcomes = await shop.rush(customers(100));
    expect(won(outcomes)).toHaveLength(20);
    expect(refusals(outcomes)).toEqual(new Set(['code_not_redeemable']));
    expect(await shop.taken()).toBe(50);
  });
});
