import { describe, expect, it } from 'vitest';
import { Failure } from '#shared/application/failure';
import { makeListPayouts } from '#shared/application/payouts/paying/list-payouts';
import type { Page } from '#shared/application/ports';
import type { Program } from '#shared/application/programs';
import type { Payout } from '#shared/domain/ledger/payout';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { anApprovedRun, aPayout, at, runsOf } from '#test/support/builders/payouts';
import { makeFakeLedger } from '#test/support/fakes/ledger';

const RUNS = ['2026-01.1', '2026-02.1', '2026-03.1'].map((runId) => anApprovedRun({ runId }));

const onlyAcme = async (programId: string): Promise<Program> => {
  if (programId !== 'acme') throw new Failure('unknown_program', 'There is none.');
  return {} as Program;
};

const aList = (...payouts: readonly Payout[]) => aListOf(RUNS, payouts);

async function aListOf(runs: readonly PayoutRun[], payouts: readonly Payout[]) {
  const fake = makeFakeLedger();
  for (const payout of payouts) {
    await fake.ledger.post({
      programId: 'acme',
      partnerId: payout.partnerId,
      currency: payout.currency,
      postedAt: at('2026-02-02T00:00:00Z'),
      payout,
    });
  }
  return makeListPayouts({ payouts: fake.payouts, runs: runsOf(...runs), programs: { get: onlyAcme } });
}

const idsOf = (page: Page<Payout>): readonly string[] => page.items.map((payout) => payout.payoutId);

describe('listing payouts', () => {
  it('goes through all runs from the newest, page by page, each payout once', async () => {
    const all = RUNS.flatMap(({ runId }) => ['a', 'b', 'c'].map((partnerId) => aPayout({ runId, partnerId })));
    const list = await aList(...all);
    const seen: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page: Page<Payout> = await list({ programId: 'acme', limit: 2, cursor });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...idsOf(page));
      cursor = page.nextCursor;
      pages += 1;
    } while (cursor !== undefined && pages < 20);
    const newestFirst = [...RUNS].reverse().map(({ runId }) => all.filter((payout) => payout.runId === runId));
    expect(seen).toEqual(newestFirst.flat().map((payout) => payout.payoutId));
  });

  it('says of a payout that its own run did not pay that the next approved run will', async () => {
    const runs = [
      anApprovedRun({ runId: '2026-01.1', status: 'completed' }),
      anApprovedRun({ runId: '2026-02.1', status: 'completed_with_failures' }),
      anApprovedRun({ runId: '2026-03.1', status: 'submitting' }),
    ];
    const list = await aListOf(runs, [
      aPayout({ runId: '2026-01.1', partnerId: 'a', blockedReason: 'payee_incomplete' }),
      aPayout({ runId: '2026-01.1', partnerId: 'b', status: 'settled' }),
      aPayout({ runId: '2026-02.1', partnerId: 'a' }),
      aPayout({ runId: '2026-03.1', partnerId: 'a' }),
    ]);
    const { items } = await list({ programId: 'acme', limit: 10 });
    expect(items.map(({ payoutId, waitsFor }) => [payoutId, waitsFor])).toEqual([
      ['po~2026-03.1~a~GBP', undefined],
      ['po~2026-02.1~a~GBP', 'next_approved_run'],
      ['po~2026-01.1~a~GBP', 'next_approved_run'],
      ['po~2026-01.1~b~GBP', undefined],
    ]);
  });

  it('answers one run, one partner or one status when asked', async () => {
    const list = await aList(
      aPayout({ runId: '2026-01.1', partnerId: 'a' }),
      aPayout({ runId: '2026-02.1', partnerId: 'a', status: 'settled' }),
      aPayout({ runId: '2026-02.1', partnerId: 'ab' }),
    );
    const ask = async (over: object) => idsOf(await list({ programId: 'acme', limit: 50, ...over }));
    expect(await ask({ runId: '2026-01.1' })).toEqual(['po~2026-01.1~a~GBP']);
    expect(await ask({ partnerId: 'a' })).toEqual(['po~2026-02.1~a~GBP', 'po~2026-01.1~a~GBP']);
    expect(await ask({ status: 'settled' })).toEqual(['po~2026-02.1~a~GBP']);
  });

  it('of an unknown programme is refused', async () => {
    const list = await aList();
    await expect(list({ programId: 'other', limit: 5 })).rejects.toMatchObject({ code: 'unknown_program' });
  });

  it('ends after the only run that was asked for', async () => {
    const list = await aList(aPayout({ runId: '2026-01.1' }));
    expect((await list({ programId: 'acme', runId: '2026-01.1', limit: 50 })).nextCursor).toBeUndefined();
  });

  const made = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');

  it.each([
    ['no run id', made('x', null, null), {}],
    ['another run than was asked for', made('2026-01.1', null, null), { runId: '2026-02.1' }],
    ['other runs than the one asked for', made('2026-02.1', null, 'more'), { runId: '2026-02.1' }],
    ['a payout of another run', made('2026-01.1', 'po~2026-02.1~a~GBP', null), {}],
    ['a payout of another partner', made('2026-01.1', 'po~2026-01.1~b~GBP', null), { partnerId: 'a' }],
    ['a text that is no payout', made('2026-01.1', 'zzz', null), {}],
  ])('refuses a made-up cursor with %s before it is a key', async (_what, cursor, asked) => {
    const list = await aList();
    await expect(list({ programId: 'acme', limit: 5, cursor, ...asked })).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: 'query:cursor' }],
    });
  });

  it.each(['x', '', 'e30', 'WzFd'])('refuses %j as a cursor', async (cursor) => {
    const list = await aList();
    await expect(list({ programId: 'acme', limit: 5, cursor })).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: 'query:cursor' }],
    });
  });
});
