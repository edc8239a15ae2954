import { describe, expect, it } from 'vitest';
import { CASH, PAYOUTS_IN_TRANSIT, payableAccount } from '#shared/domain/journal';
import { applyStep, type Payout, type PayoutStatus, type PayoutStep } from '#shared/domain/payout';
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

  it('forgets why it waited once it is claimed', () => {
    const change = applyStep(aPayout({ blockedReason: 'payee_incomplete' }), CLAIM, NOW);
    expect(change?.payout).toMatchObject({ status: 'submitting', rail: 'sandbox', submissionRunId: '2026-01.1' });
    expect(change?.payout.blockedReason).toBeUndefined();
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
      'submitting -failed-> failed',
      'unknown -accepted-> submitted',
      'unknown -rejected-> failed',
      'unknown -failed-> failed',
      'submitted -settled-> settled',
      'submitted -failed-> failed',
      'submitted -returned-> returned',
      'settled -returned-> returned',
    ]);
  });
});
