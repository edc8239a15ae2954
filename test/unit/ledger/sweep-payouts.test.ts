import { describe, expect, it } from 'vitest';
import { Failure } from '#shared/application/failure';
import type { AskRail } from '#shared/application/payouts/paying/ask-rail';
import { makeSweepPayouts } from '#shared/application/payouts/paying/sweep-payouts';
import { UNLIMITED } from '#shared/application/time-box';
import type { Payout } from '#shared/domain/ledger/payout';
import type { Instant } from '#shared/domain/time/instant';
import { aPayout, silentLog } from '#test/support/builders/payouts';
import { aProgramme } from '#test/support/builders/runs';
import { makeFakeRail } from '#test/support/fakes/rail';

type Open = { readonly pending: readonly string[]; readonly accepted: readonly string[] };

/** Programmes with open payouts, and a rail that knows of the payouts in `settled`, is silent on those in `silent` and broken on others. */
function aSweep(
  open: Readonly<Record<string, Open>>,
  {
    silent = [] as string[],
    broken = [] as string[],
    unknown = [] as string[],
    reversed = undefined as string[] | undefined,
  } = {},
) {
  const cursors = new Map<string, string | undefined>();
  const asked: string[] = [];
  const lookBack: { until?: Instant } = {};
  const payoutOf = (programId: string, payoutId: string, status: Payout['status']): Payout =>
    aPayout({ programId, payoutId, status, rail: 'paypal' });
  const statusOf = (payoutId: string) => (payoutId.startsWith('u') ? 'unknown' : 'submitted');
  const ask: AskRail = async ({ programId, payoutId }) => {
    asked.push(payoutId);
    if (unknown.includes(payoutId)) throw new Failure('not_found', 'There is no such payout.');
    if (broken.includes(payoutId)) throw new Error('no such rail');
    const state = silent.includes(payoutId) ? ('unknown' as const) : ('settled' as const);
    return {
      answer: { state },
      payout: payoutOf(programId, payoutId, state === 'settled' ? state : statusOf(payoutId)),
    };
  };
  const sweep = makeSweepPayouts({
    programs: {
      async *list() {
        for (const programId of Object.keys(open)) yield aProgramme({ programId });
      },
    },
    open: {
      async *pending(programId) {
        for (const id of open[programId]?.pending ?? []) yield payoutOf(programId, id, 'unknown');
      },
      async *accepted(programId, after = '') {
        for (const id of open[programId]?.accepted ?? []) if (id > after) yield payoutOf(programId, id, 'submitted');
      },
      cursor: async (programId) => cursors.get(programId),
      lookedBackUntil: async () => lookBack.until,
      keepLookedBack: async (_programId, until) => {
        lookBack.until = until;
      },
      keepCursor: async (programId, after) => void cursors.set(programId, after),
    },
    ask,
    rails: {
      stripe: { ...makeFakeRail(), reversedSince: async (_programId, since) => (since < '2026-03' ? reversed : []) },
    },
    clock: () => Date.parse('2026-03-01T10:00:00Z'),
    turn: () => 1,
    log: silentLog,
  });
  return { sweep, asked, cursors, lookBack };
}

const ids = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `po${String(index).padStart(3, '0')}`);

describe('the hourly look at open payouts', () => {
  it('asks for each that a rail gave no answer for, and each that it accepted', async () => {
    const { sweep, asked, cursors } = aSweep({ acme: { pending: ['u1'], accepted: ['a1', 'a2'] } });
    expect(await sweep(UNLIMITED)).toEqual({ asked: 3, moved: 3 });
    expect(asked).toEqual(['u1', 'a1', 'a2']);
    expect(cursors.size).toBe(0);
  });

  it('goes on behind the last one when its time is over, then begins again', async () => {
    const { sweep, asked, cursors } = aSweep({ acme: { pending: [], accepted: ids(5) } });
    const until = (count: number) => ({ isOver: () => asked.length >= count });
    await sweep(until(2));
    expect(cursors.get('acme')).toBe('po001');
    await sweep(UNLIMITED);
    expect(asked).toEqual(ids(5));
    expect(cursors.get('acme')).toBeUndefined();
  });

  it('gives up on accepted ones of a rail that says nothing, and on none that a person must resolve', async () => {
    const pending = ids(30).map((id) => `u${id}`);
    const { sweep, asked, cursors } = aSweep(
      { acme: { pending, accepted: ids(30) } },
      { silent: [...pending, ...ids(30)] },
    );
    expect(await sweep(UNLIMITED)).toEqual({ asked: 40, moved: 0 });
    expect(asked.slice(0, 30)).toEqual(pending);
    expect(cursors.get('acme')).toBe('po009');
  });

  it('passes over one that cannot be asked for', async () => {
    const { sweep, asked } = aSweep({ acme: { pending: [], accepted: ids(3) } }, { broken: ['po001'] });
    expect(await sweep(UNLIMITED)).toEqual({ asked: 3, moved: 2 });
    expect(asked).toEqual(ids(3));
  });

  it('asks for settled ones of which a rail says that something came back, from where it looked back last', async () => {
    const { sweep, asked, lookBack } = aSweep({ acme: { pending: [], accepted: [] } }, { reversed: ['s1'] });
    await sweep(UNLIMITED);
    expect([asked, lookBack.until]).toEqual([['s1'], '2026-03-01T09:00:00.000Z']);
    await sweep(UNLIMITED);
    expect(asked).toEqual(['s1']);
  });

  it('passes over one that the books do not know, and looks back from there on', async () => {
    const reversed = ['gone', 's1'];
    const { sweep, asked, lookBack } = aSweep({ acme: { pending: [], accepted: [] } }, { reversed, unknown: ['gone'] });
    await sweep(UNLIMITED);
    expect([asked, lookBack.until]).toEqual([reversed, '2026-03-01T09:00:00.000Z']);
  });

  it.each([{ silent: ['s1'] }, { broken: ['s1'] }])(
    'tells again next hour what came back and had no answer: %o',
    async (fault) => {
      const reversed = ['s1', 's2'];
      const { sweep, asked, lookBack } = aSweep({ acme: { pending: [], accepted: [] } }, { reversed, ...fault });
      await sweep(UNLIMITED);
      expect(lookBack.until).toBeUndefined();
      await sweep(UNLIMITED);
      expect(asked).toEqual([...reversed, ...reversed]);
    },
  );

  it('begins with another programme each hour', async () => {
    const open = { pending: [], accepted: ['a'] };
    const { sweep, asked } = aSweep({ p0: { ...open, accepted: ['x0'] }, p1: { ...open, accepted: ['x1'] } });
    await sweep({ isOver: () => asked.length >= 1 });
    expect(asked).toEqual(['x1']);
  });
});
