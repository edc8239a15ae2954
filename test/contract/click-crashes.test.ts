import { GetCommand, PutCommand, QueryCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeClickRollups } from '#shared/adapters/dynamodb/referrals/clicks/click-rollups';
import { clickValuesOf } from '#shared/adapters/dynamodb/referrals/clicks/click-values';
import {
  clickShardPartition,
  clickValuesKey,
  clickValuesShardPartition,
  partnerInPlaceOfSlug,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import type { ClickRollups, ClickToCount } from '#shared/application/tracking/clicks/click-ports';
import { aClickToCount } from '#test/support/builders/clicks';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

const DAY = '2026-01-15';
const SLUGS = ['odd', 'even'];

let table: TestTable;
beforeAll(async () => {
  table = await aReferralsTable();
});
afterAll(() => table?.stop());

let tokens = 0;
let programs = 0;
const aShop = (): string => `shop-${++programs}`;

type Send = (command: unknown) => Promise<unknown>;
/** Everything on one shard, so that two queries read a link. */
function rollupsThrough(send: Send): ClickRollups {
  return makeClickRollups({
    ...table,
    documents: { send } as TestTable['documents'],
    pause: () => Promise.resolve(),
    random: () => 0,
    newToken: () => `token-${++tokens}`,
  });
}
const sendOn: Send = (command) => table.documents.send(command as PutCommand);
const isWrite = (command: unknown): boolean =>
  command instanceof PutCommand || command instanceof UpdateCommand || command instanceof TransactWriteCommand;

/** A process that dies at its n-th write: before it is sent, or when it is done but nobody was told. Nothing follows. */
function dyingAt(write: number, moment: 'before' | 'after'): { rollups: ClickRollups; died: () => boolean } {
  let writes = 0;
  let isDead = false;
  const death = new Error('the process is gone');
  const rollups = rollupsThrough(async (command) => {
    if (isDead) throw death;
    if (!isWrite(command) || ++writes !== write) return sendOn(command);
    isDead = true;
    if (moment === 'after') await sendOn(command).catch(() => {});
    throw death;
  });
  return { rollups, died: () => isDead };
}

/** Two links, two hours, visitors that come again, sub-ids and countries, a bot. */
function aDelivery(programId: string): ClickToCount[] {
  const hour = (index: number): number => Date.parse(`${DAY}T1${index % 3 === 0 ? 1 : 2}:00:00Z`);
  return Array.from({ length: 9 }, (_, index) =>
    aClickToCount({
      programId,
      clickId: `c${index}`,
      slug: index % 2 === 0 ? 'odd' : 'even',
      at: hour(index),
      visitor: `v${index % 6}`,
      kind: index === 8 ? 'bot' : 'human',
      country: index % 3 === 0 ? 'DE' : 'FR',
      subs: index === 4 ? ['mail'] : [],
    }),
  );
}

/** All numbers of a programme, with the names of the values instead of their places. */
async function numbersOf(programId: string): Promise<Record<string, number>> {
  const numbers: Record<string, number> = {};
  for (const slug of [...SLUGS, partnerInPlaceOfSlug('mira')]) {
    const { Item } = await table.documents.send(
      new GetCommand({ TableName: table.tableName, Key: clickValuesKey(programId, slug, DAY) }),
    );
    const values = clickValuesOf(Item);
    const byValue = ['a', 'f'].map((letter) => clickValuesShardPartition(programId, slug, 0, letter));
    for (const pk of [clickShardPartition(programId, slug, 0), ...byValue]) {
      const query = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } };
      const { Items = [] } = await table.documents.send(new QueryCommand({ TableName: table.tableName, ...query }));
      for (const { pk: _pk, sk, expiresAt: _lapse, ...counts } of Items) {
        for (const [name, count] of Object.entries(counts)) {
          const [, letter = '', place, kind] = /^([a-f])(\d)([cbpv])$/.exec(name) ?? [];
          const value = place ? `${letter} ${values[letter]?.[Number(place) - 1]} ${kind}` : name;
          numbers[`${slug} ${sk} ${value}`] = Number(count);
        }
      }
    }
  }
  return numbers;
}

let expected: Record<string, number>;
beforeAll(async () => {
  const programId = aShop();
  await rollupsThrough(sendOn).count(aDelivery(programId));
  expected = await numbersOf(programId);
});

/** Deliveries with all of the clicks between them, in other company than the first time. */
const REDELIVERIES: readonly [string, (clicks: ClickToCount[]) => ClickToCount[][]][] = [
  ['the same', (clicks) => [clicks]],
  ['cut otherwise', (clicks) => [clicks.slice(5), clicks.slice(0, 6).reverse()]],
  ['one by one, and twice', (clicks) => [...clicks, ...clicks].map((click) => [click])],
];

describe('a delivery that dies', () => {
  it('counts what the test expects', () => {
    const of = (ending: string): number =>
      Object.entries(expected).reduce((sum, [name, count]) => (name.endsWith(ending) ? sum + count : sum), 0);
    expect([of('TOTAL clicks'), of('TOTAL bots'), of('TOTAL visitors'), of('a mail c')]).toEqual([8, 1, 6, 2]);
    const ofPartner = Object.entries(expected).filter(([name]) => name.startsWith('@mira'));
    expect(ofPartner.reduce((sum, [, count]) => sum + count, 0)).toBe(8 + 1 + 6);
  });

  it.each(
    REDELIVERIES.map(([how, cut], index) => ({
      how,
      cut,
      moment: index === 1 ? ('before' as const) : ('after' as const),
    })),
  )('at any write, $moment it is done, is made good by a redelivery: $how', async ({ cut, moment }) => {
    for (let write = 1; ; write += 1) {
      const programId = aShop();
      const clicks = aDelivery(programId);
      const { rollups, died } = dyingAt(write, moment);
      const first = await rollups.count(clicks).catch(() => undefined);
      if (!died()) {
        expect(first).toBe(9);
        expect(write).toBeGreaterThan(15);
        return;
      }
      for (const delivery of cut(clicks)) await rollupsThrough(sendOn).count(delivery);
      expect(await numbersOf(programId), `died at write ${write}`).toEqual(expected);
    }
  });

  it('again and again is made good by the first that lives', async () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const programId = aShop();
      const clicks = aDelivery(programId);
      const moments = ['before', 'after'] as const;
      for (let death = 0; death < 4; death += 1) {
        const { rollups } = dyingAt(((seed * 7 + death * 5) % 18) + 1, moments[(seed + death) % 2] ?? 'after');
        const part = [clicks, clicks.slice(0, 6), clicks.slice(3), clicks][(seed + death) % 4] ?? clicks;
        await rollups.count(part).catch(() => {});
      }
      await rollupsThrough(sendOn).count(clicks);
      expect(await numbersOf(programId), `seed ${seed}`).toEqual(expected);
    }
  });

  it('counts nothing any more when it was only slow, and another has taken over', async () => {
    const programId = aShop();
    const clicks = aDelivery(programId);
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const slow = rollupsThrough(async (command) => {
      if (command instanceof TransactWriteCommand) await gate;
      return sendOn(command);
    }).count(clicks);
    // Its claims are written; the other waits for it in vain, ends its countings and takes over.
    expect(await rollupsThrough(sendOn).count([...clicks].reverse())).toBe(9);
    open();
    expect(await slow).toBe(0);
    expect(await numbersOf(programId)).toEqual(expected);
  });

  it('leaves the other links of its delivery counted when one of them fails', async () => {
    const programId = aShop();
    const clicks = aDelivery(programId);
    const failing = rollupsThrough(async (command) => {
      if (command instanceof TransactWriteCommand && JSON.stringify(command.input).includes('CLICKS#odd')) {
        throw new Error('throttled');
      }
      return sendOn(command);
    });
    await expect(failing.count(clicks)).rejects.toThrow('throttled');
    const even = Object.entries(await numbersOf(programId)).filter(([name]) => name.startsWith('even'));
    expect(even.length).toBeGreaterThan(5);
    for (const [name, count] of even) expect(expected[name]).toBe(count);
    expect(await rollupsThrough(sendOn).count(clicks)).toBe(5);
    expect(await numbersOf(programId)).toEqual(expected);
  });

  it('loses and doubles nothing among deliveries that race and die', async () => {
    for (let seed = 1; seed <= 10; seed += 1) {
      const programId = aShop();
      const clicks = aDelivery(programId);
      const racers = [
        dyingAt(3 + seed, 'after').rollups.count(clicks.slice(0, 7)),
        dyingAt(20 - seed, 'before').rollups.count(clicks.slice(2)),
        rollupsThrough(sendOn).count([...clicks].reverse()),
      ];
      await Promise.allSettled(racers);
      await rollupsThrough(sendOn).count(clicks);
      expect(await numbersOf(programId), `seed ${seed}`).toEqual(expected);
    }
  });
});
