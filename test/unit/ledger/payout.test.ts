import { describe, expect, it } from 'vitest';
import { CASH, PAYOUTS_IN_TRANSIT, payableAccount } from '#shared/domain/ledger/journal';
import {
  applyStep,
  type Payout,
  type PayoutStatus,
  type PayoutStep,
  RESERVED_STATUSES,
} from '#shared/domain/ledger/payout';
import { aPayout, at } from '#test/support/builders/payouts';

const NOW = at('2026-02-03T00:00:00Z');
const CLAIM: PayoutStep = { type: 'claim', rail: 'sandbox', runId: '2026-01.1' };
const inStatus = (status: PayoutStatus): Payout => aPayout({ status, amountMinor: 100n });

describe('a payout', () => {
  it('is booked from payable to in transit when its rail accepts it, and is no longer reserved', () => {
    const change = applyStep(inStatus('submitting'), { type: 'accepted', reference: 'r1' }, NOW);
    expect(change?.payout).toMatchObject({ status: 'submitted', railReference: 'r1', reservedUntil: NOW });
    expect(change?.entry?.postings).toEqual([
      { account: payableAccount('p1'), amountMinor: 100n },
      { account: PAYOUTS_IN_TRANSIT, amountMinor: -100n },
    ]);
    expect([change?.payableDeltaMinor, change?.reservedDeltaMinor]).toEqual([-100n, -100n]);
  });

  it('is booked from in transit to cash when it settles', () => {
    const change = applyStep(inStatus('submitted'), { type: 'settled' }, NOW);
    expect(change?.entry?.postings).toEqual([
      { account: PAYOUTS_IN_TRANSIT, amountMinor: 100n },
      { account: CASH, amountMinor: -100n },
    ]);
    expect([change?.payableDeltaMinor, change?.reservedDeltaMinor]).toEqual([0n, 0n]);
  });

  it.each([
    ['submitted', PAYOUTS_IN_TRANSIT],
    ['settled', CASH],
  ] as const)('that was %s gives its amount back to payable when it returns', (status, source) => {
    const change = applyStep(inStatus(status), { type: 'returned', reason: 'AC04' }, NOW);
    expect(change?.payout).toMatchObject({ status: 'returned', reason: 'AC04' });
    expect(change?.entry?.postings).toEqual([
      { account: source, amountMinor: 100n },
      { account: payableAccount('p1'), amountMinor: -100n },
    ]);
    expect(change?.entry?.links.reverses).toBe('submit~po~2026-01.1~p1~GBP');
    expect(change?.payableDeltaMinor).toBe(100n);
  });

  it.each(['submitting', 'unknown'] as const)('refused while %s moves no money and ends its reservation', (status) => {
    const change = applyStep(inStatus(status), { type: 'rejected', reason: 'closed' }, NOW);
    expect(change).toMatchObject({ payableDeltaMinor: 0n, reservedDeltaMinor: -100n, entry: undefined });
    expect(change?.payout).toMatchObject({ status: 'failed', reason: 'closed' });
  });

  it('that fails after its acceptance gives its amount back', () => {
    const change = applyStep(inStatus('submitted'), { type: 'failed' }, NOW);
    expect(change?.payout.status).toBe('failed');
    expect(change?.payableDeltaMinor).toBe(100n);
  });

  it('without an answer is unknown, never failed, and stays reserved', () => {
    const change = applyStep(inStatus('submitting'), { type: 'no_answer' }, NOW);
    expect(change).toMatchObject({ payableDeltaMinor: 0n, reservedDeltaMinor: 0n, entry: undefined });
    expect(change?.payout.status).toBe('unknown');
  });

  it('keeps its entries by ids of their own, linked to their payout and statement, and says what they are', () => {
    const about = { statementId: '2026-01.1~p1~GBP', payoutId: 'po~2026-01.1~p1~GBP' };
    const entryOf = (status: PayoutStatus, step: PayoutStep) => applyStep(inStatus(status), step, NOW)?.entry;
    expect(entryOf('submitting', { type: 'accepted' })).toMatchObject({
      entryId: `submit~${about.payoutId}`,
      kind: 'submission',
      links: about,
      description: `Payout submitted: ${about.payoutId}`,
      postedAt: NOW,
    });
    expect(entryOf('submitting', { type: 'accepted' })?.links).not.toHaveProperty('reverses');
    expect(entryOf('submitted', { type: 'settled' })).toMatchObject({
      entryId: `settle~${about.payoutId}`,
      kind: 'settlement',
      description: `Payout settled: ${about.payoutId}`,
    });
    expect(entryOf('submitted', { type: 'settled' })?.links).toEqual(about);
    const reverses = `submit~${about.payoutId}`;
    expect(entryOf('submitted', { type: 'failed' })).toMatchObject({
      entryId: `fail~${about.payoutId}`,
      kind: 'failure',
      links: { ...about, reverses },
      description: `Payout failed after acceptance: ${about.payoutId}`,
    });
    expect(entryOf('settled', { type: 'returned' })).toMatchObject({
      entryId: `return~${about.payoutId}`,
      kind: 'return',
      links: { ...about, reverses },
      description: `Payout returned: ${about.payoutId}`,
    });
  });

  it('reserves its amount until a rail has it or never will', () => {
    expect([...RESERVED_STATUSES].sort()).toEqual(['created', 'submitting', 'unknown']);
  });

  it('forgets why it waited once it is claimed', () => {
    const change = applyStep(aPayout({ blockedReason: 'payee_incomplete' }), CLAIM, NOW);
    expect(change?.payout).toMatchObject({ status: 'submitting', rail: 'sandbox', submissionRunId: '2026-01.1' });
    expect(change?.payout.blockedReason).toBeUndefined();
  });

  describe('kept back', () => {
    const KEEP: PayoutStep = { type: 'keep_back', runId: '2026-01.1', blockedReason: 'payee_changed' };
    const claimed = (over: Partial<Payout> = {}): Payout =>
      aPayout({ status: 'submitting', rail: 'bank_file', submissionRunId: '2026-01.1', endToEndId: 'TS1', ...over });

    it('waits in `created` with its reason, its amount still reserved', () => {
      expect(applyStep(inStatus('created'), KEEP, NOW)).toMatchObject({
        from: 'created',
        payout: { status: 'created', blockedReason: 'payee_changed', updatedAt: NOW },
        entry: undefined,
        payableDeltaMinor: 0n,
        reservedDeltaMinor: 0n,
      });
    });

    it('comes back from a file that it is in no more, and forgets its claim', () => {
      const back = applyStep(claimed(), KEEP, NOW)?.payout;
      expect(back).toMatchObject({ status: 'created', blockedReason: 'payee_changed' });
      expect([back?.rail, back?.submissionRunId, back?.endToEndId]).toEqual([undefined, undefined, undefined]);
    });

    it('changes nothing when it is kept back for this reason already, but takes another', () => {
      const kept = aPayout({ blockedReason: 'payee_changed' });
      expect(applyStep(kept, KEEP, NOW)).toBeUndefined();
      const other = applyStep(kept, { ...KEEP, blockedReason: 'payee_incomplete' }, NOW);
      expect(other?.payout.blockedReason).toBe('payee_incomplete');
      // A claim for a file that still carries the reason of its last wait.
      expect(applyStep(claimed({ blockedReason: 'payee_changed' }), KEEP, NOW)?.payout.status).toBe('created');
    });

    it.each([
      ['claimed for another run', claimed({ submissionRunId: '2026-02.1' })],
      ['claimed for another rail', claimed({ rail: 'sandbox' })],
      ['unknown', claimed({ status: 'unknown' })],
      ['submitted', claimed({ status: 'submitted' })],
    ])('is not when it is %s', (_, payout) => {
      expect(applyStep(payout, KEEP, NOW)).toBeUndefined();
    });
  });

  it.each(['settled', 'failed', 'returned'] as const)('cannot have %s before it was handed over', (type) => {
    expect(() => applyStep(inStatus('created'), { type }, NOW)).toThrow('before it was submitted');
  });

  it('knows exactly these ways from status to status', () => {
    const steps: readonly PayoutStep[] = [
      CLAIM,
      { type: 'accepted' },
      { type: 'rejected' },
      { type: 'no_answer' },
      { type: 'ask_again', runId: '2026-02.1' },
      { type: 'settled' },
      { type: 'failed' },
      { type: 'returned' },
    ];
    const statuses: readonly PayoutStatus[] = [
      'created',
      'submitting',
      'unknown',
      'submitted',
      'settled',
      'failed',
      'returned',
    ];
    const ways = statuses.flatMap((status) =>
      steps.flatMap((step) => {
        if (status === 'created' && ['settled', 'failed', 'returned'].includes(step.type)) return [];
        const next = applyStep(inStatus(status), step, NOW)?.payout.status;
        return next ? [`${status} -${step.type}-> ${next}`] : [];
      }),
    );
    expect(ways).toEqual([
      'created -claim-> submitting',
      'submitting -accepted-> submitted',
      'submitting -rejected-> failed',
      'submitting -no_answer-> unknown',
      'submitting -ask_again-> submitting',
      'submitting -failed-> failed',
      'unknown -accepted-> submitted',
      'unknown -rejected-> failed',
      'unknown -ask_again-> submitting',
      'unknown -failed-> failed',
      'submitted -settled-> settled',
      'submitted -failed-> failed',
      'submitted -returned-> returned',
      'settled -returned-> returned',
    ]);
  });
});
