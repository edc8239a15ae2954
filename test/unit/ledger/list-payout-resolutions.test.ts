import { describe, expect, it } from 'vitest';
import { makeListPayoutResolutions } from '#shared/application/payouts/paying/list-payout-resolutions';
import type { Program } from '#shared/application/programs';
import type { PayoutResolution } from '#shared/domain/ledger/payout-resolution';
import { anApprovedRun, aPayout, at, runsOf } from '#test/support/builders/payouts';
import { makeFakeLedger } from '#test/support/fakes/ledger';

const RUNS = ['2026-01.1', '2026-02.1', '2026-03.1'];

const aResolution = (runId: string, resolutionId: string): PayoutResolution => ({
  resolutionId,
  programId: 'acme',
  payoutId: aPayout({ runId }).payoutId,
  partnerId: 'p1',
  runId,
  outcome: 'settled',
  evidence: { source: 'person', note: 'seen on the account' },
  proposedBy: 'person:fin',
  proposedAt: at('2026-03-01T00:00:00Z'),
  seenStatus: 'unknown',
  seenChanges: 2,
  status: 'proposed',
});

async function aHouse() {
  const fake = makeFakeLedger();
  for (const runId of RUNS) {
    const payout = aPayout({ runId });
    const { programId, partnerId, currency, createdAt: postedAt } = payout;
    await fake.ledger.post({ programId, partnerId, currency, postedAt, payout });
    await fake.resolutions.propose(aResolution(runId, `of ${runId}`));
  }
  const [declined] = RUNS;
  const decision = { decision: 'decline', by: 'person:b', at: at('2026-03-02T00:00:00Z') } as const;
  await fake.resolutions.decide(aResolution(declined ?? '', `of ${declined}`), decision, []);
  const runs = runsOf(...RUNS.map((runId) => anApprovedRun({ runId })));
  return makeListPayoutResolutions({ ...fake, runs, programs: { get: async () => ({}) as Program } });
}

describe('what people say became of payouts', () => {
  it('is listed over all runs, newest first, with what each is about', async () => {
    const list = await aHouse();
    const { items, nextCursor } = await list({ programId: 'acme', limit: 10 });
    expect(items.map(({ runId }) => runId)).toEqual(RUNS.toReversed());
    expect(items[0]).toMatchObject({
      currency: 'GBP',
      amountMinor: 12_345n,
      payoutStatus: 'created',
      status: 'proposed',
    });
    expect(nextCursor).toBeUndefined();
  });

  it('is listed by what waits for a second person, page by page', async () => {
    const list = await aHouse();
    const first = await list({ programId: 'acme', status: 'proposed', limit: 1 });
    expect(first.items.map(({ runId }) => runId)).toEqual(['2026-03.1']);
    const second = await list({ programId: 'acme', status: 'proposed', limit: 1, cursor: first.nextCursor });
    expect(second.items.map(({ runId }) => runId)).toEqual(['2026-02.1']);
    const last = await list({ programId: 'acme', status: 'proposed', limit: 1, cursor: second.nextCursor });
    expect(last).toEqual({ items: [] });
  });

  it.each(['x', 'MjAyNi0wMQ', Buffer.from('2026-01.01').toString('base64url')])(
    'refuses the cursor %s',
    async (cursor) => {
      const list = await aHouse();
      await expect(list({ programId: 'acme', limit: 1, cursor })).rejects.toMatchObject({ code: 'invalid_request' });
    },
  );
});
