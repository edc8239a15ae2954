import { describe, expect, it } from 'vitest';
import type { PayoutRail } from '#shared/domain/ledger/payout';
import type { Period } from '#shared/domain/time/instant';
import { aPayingHalf, SHARD } from '#test/support/builders/paying-half';
import { anApprovedRun, aStatement, at, bankPayee, sandboxPayee } from '#test/support/builders/payouts';
import { makeFakeRail } from '#test/support/fakes/rail';

const PAYOUT_ID = 'po~2026-01.1~p1~GBP';
const NEXT_RUN = anApprovedRun({ runId: '2026-02.1', period: '2026-02' as Period, waitingDigest: 'listed' });
/** January's payout, as February's approvers saw it. */
const LISTED = { '2026-02.1': [{ payoutId: PAYOUT_ID, partnerId: 'p1', currency: 'GBP', amountMinor: 12_345n }] };

describe('submitting the payouts of a shard', () => {
  it('hands a payout to the sandbox and books it in transit', async () => {
    const rail = makeFakeRail();
    const half = aPayingHalf({ statements: [aStatement()], payees: { p1: sandboxPayee() }, rail });
    await half.post(SHARD);
    expect(await half.submit(SHARD)).toMatchObject({ submitted: 1 });
    expect(rail.paid.get(PAYOUT_ID)?.amountMinor).toBe(12_345n);
    expect(half.stored.get(PAYOUT_ID)).toMatchObject({ status: 'submitted', railReference: `ref-${PAYOUT_ID}` });
    expect(await half.balances.of('acme', 'p1')).toEqual([{ currency: 'GBP', payableMinor: 0n, reservedMinor: 0n }]);
  });

  it('asks the rail no second time for a payout that it accepted', async () => {
    const rail = makeFakeRail();
    const half = aPayingHalf({ statements: [aStatement()], payees: { p1: sandboxPayee() }, rail });
    await half.post(SHARD);
    await half.submit(SHARD);
    await half.submit(SHARD);
    expect(rail.calls).toEqual([PAYOUT_ID]);
    expect(half.entries).toHaveLength(2);
  });

  it('keeps a payout without an answer as unknown, and asks the rail again with the same key', async () => {
    const rail = makeFakeRail((_id, call) => (call === 1 ? 'unknown' : 'accepted'));
    const half = aPayingHalf({ statements: [aStatement()], payees: { p1: sandboxPayee() }, rail });
    await half.post(SHARD);
    expect(await half.submit(SHARD)).toMatchObject({ unknown: 1 });
    expect(await half.balances.of('acme', 'p1')).toMatchObject([{ payableMinor: 12_345n, reservedMinor: 12_345n }]);
    expect(await half.submit(SHARD)).toMatchObject({ submitted: 1 });
    expect(rail.calls).toEqual([PAYOUT_ID, PAYOUT_ID]);
    expect(rail.paid.size).toBe(1);
  });

  it('frees the amount of a payout that the rail refuses', async () => {
    const half = aPayingHalf({
      statements: [aStatement()],
      payees: { p1: sandboxPayee() },
      rail: makeFakeRail(() => 'rejected'),
    });
    await half.post(SHARD);
    expect(await half.submit(SHARD)).toMatchObject({ failed: 1 });
    expect(await half.balances.of('acme', 'p1')).toEqual([
      { currency: 'GBP', payableMinor: 12_345n, reservedMinor: 0n },
    ]);
    expect(half.entries).toHaveLength(1);
  });

  it('leaves a blocked payout alone until its payee is complete, and submits it with the next run', async () => {
    const rail = makeFakeRail();
    const half = aPayingHalf({
      statements: [aStatement(), aStatement({ runId: '2026-02.1', earnedMinor: 0n })],
      runs: [anApprovedRun(), NEXT_RUN],
      waiting: LISTED,
      rail,
    });
    await half.post(SHARD);
    expect(await half.submit(SHARD)).toMatchObject({ created: 1 });
    expect(rail.calls).toEqual([]);
    half.payees.set('p1', sandboxPayee());
    expect(await half.submit({ ...SHARD, runId: '2026-02.1' })).toMatchObject({ submitted: 1 });
    expect(half.stored.get(PAYOUT_ID)).toMatchObject({ runId: '2026-01.1', submissionRunId: '2026-02.1' });
  });

  it('pays nothing to bank details that were changed after the run was summarised, until the next approved run', async () => {
    const rail = makeFakeRail();
    const later = { ...NEXT_RUN, summarisedAt: at('2026-03-01T01:00:00Z') };
    const half = aPayingHalf({
      statements: [aStatement(), aStatement({ runId: '2026-02.1', earnedMinor: 0n })],
      runs: [anApprovedRun(), later],
      waiting: LISTED,
      payees: { p1: { ...sandboxPayee(), changedAt: at('2026-02-01T01:00:00.001Z') } },
      rail,
    });
    await half.post(SHARD);
    expect(await half.submit(SHARD)).toMatchObject({ created: 1 });
    expect(await half.submit(SHARD)).toMatchObject({ created: 1 });
    expect(half.stored.get(PAYOUT_ID)).toMatchObject({ status: 'created', blockedReason: 'payee_changed' });
    expect(await half.balances.of('acme', 'p1')).toMatchObject([{ payableMinor: 12_345n, reservedMinor: 12_345n }]);
    expect(rail.calls).toEqual([]);
    expect(await half.submit({ ...SHARD, runId: '2026-02.1' })).toMatchObject({ submitted: 1 });
    expect(half.stored.get(PAYOUT_ID)).toMatchObject({ status: 'submitted' });
    expect(half.stored.get(PAYOUT_ID)?.blockedReason).toBeUndefined();
  });

  it('pays to bank details that were changed at the moment of the summary or before', async () => {
    const payee = { ...sandboxPayee(), changedAt: at('2026-02-01T01:00:00Z') };
    const half = aPayingHalf({ statements: [aStatement()], payees: { p1: payee } });
    await half.post(SHARD);
    expect(await half.submit(SHARD)).toMatchObject({ submitted: 1 });
  });

  it('does not offer a payout without an answer again with details that were changed meanwhile', async () => {
    const rail = makeFakeRail((_id, call) => (call === 1 ? 'unknown' : 'accepted'));
    const half = aPayingHalf({ statements: [aStatement()], payees: { p1: sandboxPayee() }, rail });
    await half.post(SHARD);
    await half.submit(SHARD);
    half.payees.set('p1', { ...sandboxPayee(), name: 'Other', changedAt: at('2026-02-02T12:00:00Z') });
    expect(await half.submit(SHARD)).toMatchObject({ unknown: 1 });
    expect(rail.calls).toEqual([PAYOUT_ID]);
  });

  it('does not offer a payout without an answer again from an account that nobody approved', async () => {
    const rail = makeFakeRail((_id, call) => (call === 1 ? 'unknown' : 'accepted'));
    const setUp = new Set<PayoutRail>(['sandbox']);
    const payees = { p1: sandboxPayee() };
    const half = aPayingHalf({ statements: [aStatement()], payees, rail, railsSetUp: async () => setUp });
    await half.post(SHARD);
    expect(await half.submit(SHARD)).toMatchObject({ unknown: 1 });
    setUp.clear();
    expect(await half.submit(SHARD)).toMatchObject({ unknown: 1 });
    expect(rail.calls).toEqual([PAYOUT_ID]);
    setUp.add('sandbox');
    expect(await half.submit(SHARD)).toMatchObject({ submitted: 1 });
  });

  it('keeps back the waiting payout of a partner that the later run holds', async () => {
    const half = aPayingHalf({
      statements: [aStatement(), aStatement({ runId: '2026-02.1', earnedMinor: 0n })],
      runs: [anApprovedRun(), { ...NEXT_RUN, holds: ['p1'] }],
      waiting: LISTED,
    });
    await half.post(SHARD);
    half.payees.set('p1', sandboxPayee());
    expect(await half.submit({ ...SHARD, runId: '2026-02.1' })).toMatchObject({ created: 1 });
  });

  it('pays no waiting payout that the approvers of the run did not see', async () => {
    const other = { ...LISTED['2026-02.1'][0]!, payoutId: 'po~2026-01.1~p2~GBP', partnerId: 'p2' };
    for (const [waitingDigest, listed] of [
      ['listed', [other]],
      ['listed', []],
      [undefined, LISTED['2026-02.1']],
    ] as const) {
      const rail = makeFakeRail();
      const half = aPayingHalf({
        statements: [aStatement(), aStatement({ runId: '2026-02.1', earnedMinor: 0n })],
        runs: [anApprovedRun(), { ...NEXT_RUN, waitingDigest }],
        waiting: { '2026-02.1': listed },
        rail,
      });
      await half.post(SHARD);
      half.payees.set('p1', sandboxPayee());
      expect(await half.submit({ ...SHARD, runId: '2026-02.1' })).toMatchObject({ created: 0, submitted: 0 });
      expect(rail.calls).toEqual([]);
      expect(half.stored.get(PAYOUT_ID)).toMatchObject({ status: 'created' });
    }
  });

  it('asks a rail again only for an answer that the approvers of the later run saw missing', async () => {
    const unanswered = async (waiting: typeof LISTED | Record<string, never>) => {
      const rail = makeFakeRail((_id, call) => (call === 1 ? 'unknown' : 'accepted'));
      const half = aPayingHalf({
        statements: [aStatement(), aStatement({ runId: '2026-02.1', earnedMinor: 0n })],
        runs: [anApprovedRun(), NEXT_RUN],
        payees: { p1: sandboxPayee() },
        waiting,
        rail,
      });
      await half.post(SHARD);
      await half.submit(SHARD);
      await half.submit({ ...SHARD, runId: '2026-02.1' });
      return rail.calls.length;
    };
    expect(await unanswered(LISTED)).toBe(2);
    expect(await unanswered({})).toBe(1);
  });

  it('claims a payout by bank file for the file of the run, with an end-to-end id of at most 35 characters', async () => {
    const rail = makeFakeRail();
    const half = aPayingHalf({ statements: [aStatement()], payees: { p1: bankPayee() }, rail });
    await half.post(SHARD);
    expect(await half.submit(SHARD)).toMatchObject({ submitting: 1 });
    const payout = half.stored.get(PAYOUT_ID);
    expect(payout).toMatchObject({ rail: 'bank_file', submissionRunId: '2026-01.1' });
    expect(payout?.endToEndId).toMatch(/^TS[0-9A-F]{32}$/);
    expect(rail.calls).toEqual([]);
  });
});

describe('a rail report', () => {
  const submitted = async (behaviour: 'settle' | 'return' = 'settle') => {
    const half = aPayingHalf({ statements: [aStatement()], payees: { p1: sandboxPayee(behaviour) } });
    await half.post(SHARD);
    await half.submit(SHARD);
    return half;
  };
  const report = { programId: 'acme', payoutId: PAYOUT_ID } as const;

  it('settles a payout once', async () => {
    const half = await submitted();
    expect(await half.settle({ ...report, outcome: 'settled' })).toEqual({ status: 'settled' });
    expect(await half.settle({ ...report, outcome: 'settled' })).toEqual({ status: 'settled' });
    expect(half.entries.map((entry) => entry.kind)).toEqual(['statement', 'submission', 'settlement']);
  });

  it('that it came back raises the balance again, once', async () => {
    const half = await submitted('return');
    await half.settle({ ...report, outcome: 'returned', reason: 'AC04' });
    await half.settle({ ...report, outcome: 'returned', reason: 'AC04' });
    expect(half.stored.get(PAYOUT_ID)).toMatchObject({ status: 'returned', reason: 'AC04' });
    expect(await half.balances.of('acme', 'p1')).toEqual([
      { currency: 'GBP', payableMinor: 12_345n, reservedMinor: 0n },
    ]);
  });

  it('that a later one has overtaken changes nothing', async () => {
    const half = await submitted();
    await half.settle({ ...report, outcome: 'returned' });
    expect(await half.settle({ ...report, outcome: 'settled' })).toEqual({ status: 'returned' });
    expect(half.entries).toHaveLength(3);
  });

  it('that comes before our own record of the acceptance books the acceptance first', async () => {
    const half = aPayingHalf({
      statements: [aStatement()],
      payees: { p1: sandboxPayee() },
      rail: makeFakeRail(() => 'unknown'),
    });
    await half.post(SHARD);
    await half.submit(SHARD);
    await half.settle({ ...report, outcome: 'settled' });
    expect(half.entries.map((entry) => entry.kind)).toEqual(['statement', 'submission', 'settlement']);
    expect(await half.submit(SHARD)).toMatchObject({ settled: 1 });
  });

  it('on a payout that does not exist is refused', async () => {
    const half = await submitted();
    await expect(half.settle({ ...report, payoutId: 'po~x', outcome: 'settled' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
