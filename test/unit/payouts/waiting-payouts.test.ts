import { describe, expect, it } from 'vitest';
import { makeCompletePayoutRun } from '#shared/application/payouts/runs/complete-payout-run';
import { makeFindWaiting } from '#shared/application/payouts/runs/waiting-lists';
import type { Program } from '#shared/application/programs';
import type { Payout } from '#shared/domain/ledger/payout';
import { makeRunTally, runContent } from '#shared/domain/run/run-summary';
import {
  digestToApprove,
  type WaitingPayout,
  waitingAnomalies,
  waitingText,
  withWaiting,
} from '#shared/domain/run/waiting-payouts';
import { aClosingHalf } from '#test/support/builders/closing-half';
import { aPayout, aStatement, at, sha256 } from '#test/support/builders/payouts';
import { aRun, instant, JANUARY } from '#test/support/builders/runs';
import { makeFakeLedger } from '#test/support/fakes/ledger';
import { makeFakeMoney } from '#test/support/fakes/money';

const JANUARY_RUN = '2026-01.1';
const partner = (partnerId: string) => ({
  partnerId,
  agreements: [{ from: instant('2025-01-01T00:00:00Z'), planVersion: 1, sequence: 1 }],
  tiers: [{ from: instant('2025-01-01T00:00:00Z'), tier: 'referral', sequence: 1 }],
});
const waits = (over: Partial<Payout> = {}): Payout => aPayout({ runId: '2025-12.1', amountMinor: 10_000n, ...over });
const asListed = ({ payoutId, partnerId, currency, amountMinor }: Payout): WaitingPayout => ({
  payoutId,
  partnerId,
  currency,
  amountMinor,
});

async function ledgerWith(...payouts: readonly Payout[]) {
  const fake = makeFakeLedger();
  const { programId } = aPayout();
  for (const payout of payouts) {
    const { partnerId, currency } = payout;
    await fake.ledger.post({ programId, partnerId, currency, postedAt: at('2026-01-02T00:00:00Z'), payout });
  }
  return fake;
}

/** January's run, at its decision: nothing was sold, `payouts` are there from before. */
async function aQuietMonth(payouts: readonly Payout[], program: Partial<Program> = {}) {
  const fake = await ledgerWith(...payouts);
  const partners = ['p1', 'p2'].map(partner);
  const plans = new Map([[1, { version: 1, components: [] }]]);
  const half = aClosingHalf({ program, partners, plans, payouts: fake.payouts });
  await half.ready();
  const run = await half.toDecision(JANUARY);
  const listed: WaitingPayout[] = [];
  const list = { programId: run.programId, runId: run.runId, waitingDigest: run.waitingDigest ?? '' };
  for await (const payout of half.money.waitingLists.all(list)) listed.push(payout);
  return { half, fake, run, listed };
}

describe('payouts that wait for a run', () => {
  it('are shown by its sums and its anomalies before anybody approves', async () => {
    const payout = waits({ blockedReason: 'payee_changed' });
    const { run, listed } = await aQuietMonth([payout, waits({ partnerId: 'p2', currency: 'EUR', amountMinor: 1n })]);
    expect(run.totals).toMatchObject([
      { currency: 'EUR', statements: 0, payableMinor: 0n, waitingPayouts: 1, waitingMinor: 1n },
      { currency: 'GBP', statements: 2, payableMinor: 0n, waitingPayouts: 1, waitingMinor: 10_000n },
    ]);
    expect(run.anomalies).toEqual([
      { kind: 'payouts_waiting', partnerId: 'p1', currency: 'GBP', amountMinor: 10_000n, count: 1 },
      { kind: 'payouts_waiting', partnerId: 'p2', currency: 'EUR', amountMinor: 1n, count: 1 },
    ]);
    expect(listed).toContainEqual(asListed(payout));
  });

  it('are part of the hash that is approved, each with its amount', async () => {
    const hashes = await Promise.all(
      [[], [waits()], [waits({ amountMinor: 9_999n })], [waits({ partnerId: 'p2' })]].map(
        async (payouts) => (await aQuietMonth(payouts)).run.contentHash,
      ),
    );
    expect(new Set(hashes).size).toBe(4);
  });

  it('leave the hash of a run without any as it was', async () => {
    const { run } = await aQuietMonth([]);
    expect(run.totals[0]).not.toHaveProperty('waitingMinor');
    expect(run.anomalies).toEqual([]);
    const tally = makeRunTally();
    tally.add(aStatement({ runId: JANUARY_RUN }));
    const totals = tally.totals([]);
    const empty = digestToApprove({ waitingDigest: sha256(waitingText([])), waiting: [] });
    expect(runContent(aRun(), withWaiting(totals, []), 'root', empty)).toBe(runContent(aRun(), totals, 'root'));
  });

  it('count in the total above which one approver more is needed', async () => {
    const approvals = { required: 2, extraApproverAboveMinor: 9_999n };
    expect((await aQuietMonth([waits()], { approvals })).run.approvalsRequired).toBe(3);
    expect((await aQuietMonth([waits({ amountMinor: 9_999n })], { approvals })).run.approvalsRequired).toBe(2);
  });

  it('are those of earlier runs that are with no rail, or without its answer', async () => {
    const unanswered = waits({ partnerId: 'p2', status: 'unknown', rail: 'sandbox' });
    const { listed } = await aQuietMonth([
      waits({ status: 'submitting', rail: 'bank_file', currency: 'EUR' }),
      waits({ status: 'submitted', rail: 'sandbox', currency: 'USD' }),
      waits({ runId: JANUARY_RUN }),
      waits({ partnerId: 'p1x' }),
      unanswered,
    ]);
    expect(listed).toEqual([asListed(unanswered)]);
  });

  it('stay as they were found when the run is summarised again', async () => {
    const { half, fake, run } = await aQuietMonth([waits()]);
    await fake.ledger.post({
      programId: run.programId,
      partnerId: 'p2',
      currency: 'GBP',
      postedAt: at('2026-01-02T00:00:00Z'),
      payout: waits({ partnerId: 'p2' }),
    });
    const { payouts } = fake;
    const find = makeFindWaiting({ payouts, waitingLists: half.money.waitingLists, digest: sha256 });
    const again = await find(
      run,
      new Map([
        ['p1', '000000'],
        ['p2', '000000'],
      ]),
    );
    expect(again).toEqual({ waitingDigest: run.waitingDigest, waiting: [asListed(waits())] });
  });

  it('are read consistently: what the index still shows though it has moved on is not listed', async () => {
    const { payouts } = await ledgerWith(waits({ status: 'settled' }));
    const stale = {
      ...payouts,
      async *reserved() {
        yield waits();
      },
    };
    const { waitingLists } = makeFakeMoney();
    const find = makeFindWaiting({ payouts: stale, waitingLists, digest: sha256 });
    expect((await find(aRun(), new Map([['p1', '000000']]))).waiting).toEqual([]);
  });

  it('are named when their rail refuses them, in the run that handed them over', async () => {
    const { half, run, listed } = await aQuietMonth([waits()]);
    for (const by of ['person:a', 'person:b']) await half.approve(run, by);
    const { runs, shards, waitingLists } = half.money;
    const { payouts } = await ledgerWith(waits({ status: 'failed' }));
    const complete = makeCompletePayoutRun({ runs, shards, waitingLists, payouts, clock: () => half.time.now });
    expect(await complete(run)).toEqual({ status: 'completed_with_failures' });
    const completed = await runs.get(run.programId, run.runId);
    expect(completed?.failures).toMatchObject([{ reason: `1 payout: ${listed[0]?.payoutId} failed` }]);
  });

  it('name the partners with most, at most 50', () => {
    const waiting = Array.from({ length: 60 }, (_, index) =>
      asListed(waits({ partnerId: `p${index}`, amountMinor: BigInt(index) })),
    );
    const named = waitingAnomalies([
      ...waiting,
      asListed(waits({ partnerId: 'p3', runId: '2025-11.1', amountMinor: 100n })),
    ]);
    expect(named).toHaveLength(50);
    expect(named[0]).toMatchObject({ partnerId: 'p3', amountMinor: 103n, count: 2 });
    expect(named[1]).toMatchObject({ partnerId: 'p59', amountMinor: 59n, count: 1 });
  });
});
