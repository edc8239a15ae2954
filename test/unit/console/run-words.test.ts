import { describe, expect, it } from 'vitest';
import { dueMonth } from '#functions/console/runs/due-month';
import { tellAnomaly } from '#functions/console/runs/run-anomalies';
import { holdsOf, partnersHref } from '#functions/console/runs/run-paths';
import {
  approvalSentence,
  isMoving,
  namedPayouts,
  payLabel,
  type ReviewCurrency,
  type Run,
  runStatus,
  stepsOf,
} from '#functions/console/runs/run-words';
import { makeFormat } from '#functions/console/web/format';

const format = makeFormat('en-GB', 'Europe/London');
const names = { person: (id: string | undefined) => `name of ${id}`, partner: (id: string) => `name of ${id}` };

const currency = (more: Partial<ReviewCurrency> = {}): ReviewCurrency => ({
  currency: 'GBP',
  count: 26,
  dueMinor: 10_120_599,
  carriedMinor: 0,
  payouts: 24,
  payMinor: 10_120_599,
  outcomes: [{ outcome: 'pay', count: 24, dueMinor: 10_120_599, carriedMinor: 0 }],
  flags: [],
  largest: [],
  heldSales: 0,
  heldSalesMinor: 0,
  ...more,
});
const withHolds = { heldPartners: 2, heldMinor: 1, partners: 22, payouts: 22, payMinor: 10_000_000 };

const run = (more: Partial<Run> = {}): Run => ({
  runId: '2026-01.1',
  programId: 'acme',
  period: '2026-01',
  attempt: 1,
  status: 'awaiting_decision',
  contentHash: 'a'.repeat(64),
  contentHashWords: 'one two',
  totals: [],
  anomalies: [],
  approvals: { required: 2, given: [] },
  reminders: [],
  openedBy: 'person:opener',
  openedAt: '2026-02-01T08:00:00.000Z',
  holds: [],
  failures: [],
  ...more,
});
const given = { by: 'person:a', at: '2026-02-01T09:00:00.000Z', decision: 'approve' } as const;

describe('the sentence of what is approved', () => {
  it('names the amount, how many are paid and the month', () => {
    expect(approvalSentence([currency()], '2010-12', format)).toBe(
      'You approve paying £101,205.99 to 24 partners for December 2010.',
    );
    expect(approvalSentence([currency()], '2010-12', format, 'anybody')).toBe(
      'An approval pays £101,205.99 to 24 partners for December 2010.',
    );
  });

  it('says how many are held back, by the amounts that are left', () => {
    expect(approvalSentence([currency({ withHolds })], '2010-12', format)).toBe(
      'You approve paying £100,000.00 to 22 partners for December 2010; 2 are held back.',
    );
    const one = { ...withHolds, heldPartners: 1, partners: 1 };
    expect(approvalSentence([currency({ withHolds: one })], '2010-12', format)).toBe(
      'You approve paying £100,000.00 to 1 partner for December 2010; 1 is held back.',
    );
  });

  it('tells each currency by itself, and leaves out one that pays nothing', () => {
    const euro = currency({
      currency: 'EUR',
      payMinor: 150,
      payouts: 1,
      outcomes: [],
      withHolds: { ...withHolds, payMinor: 150, partners: 1 },
    });
    const none = currency({ currency: 'USD', payouts: 0, payMinor: 0 });
    expect(approvalSentence([euro, currency(), none], '2010-12', format)).toBe(
      'You approve paying €1.50 to 1 partner (2 held back) and £101,205.99 to 24 partners for December 2010.',
    );
    expect(approvalSentence([none], '2010-12', format)).toBe(
      'You approve the statements of December 2010; nothing is paid out.',
    );
  });
});

describe('the status of a run', () => {
  it('says that a second approver is missing once one approval counts', () => {
    expect(runStatus(run())[1]).toBe('Waiting for approval');
    expect(runStatus(run({ approvals: { required: 2, given: [given] } }))[1]).toBe('Waiting for a second approver');
    const voided = { ...given, voidedBy: 'changed_a_payee' } as const;
    expect(runStatus(run({ approvals: { required: 2, given: [voided] } }))[1]).toBe('Waiting for approval');
  });

  it('moves on by itself while it is computed, between its last approval and its payment, and while it is paid', () => {
    expect(isMoving(run({ status: 'computing' }))).toBe(true);
    expect(isMoving(run({ status: 'submitting' }))).toBe(true);
    expect(isMoving(run())).toBe(false);
    const both = { required: 2, given: [given, { ...given, by: 'person:b' }] };
    expect(isMoving(run({ approvals: both }))).toBe(true);
    expect(isMoving(run({ status: 'completed', approvals: both }))).toBe(false);
    expect(isMoving(run({ approvals: { required: 2, given: [{ ...given, decision: 'reject' }] } }))).toBe(true);
  });

  it('has done the steps before the one it is at', () => {
    expect(stepsOf(run({ status: 'computing' })).map(({ state }) => state)).toEqual(['done', 'done', 'now', 'next']);
    expect(stepsOf(run({ status: 'submitting' })).map(({ state }) => state)).toEqual(['done', 'now']);
  });
});

describe('the month that is due', () => {
  const at = (day: string) => ({ now: Date.parse(day), format });
  it('is the one after the last closed, once it is over where the programme is', () => {
    expect(dueMonth('2025-12', undefined, at('2026-01-31T23:59:59Z'))).toEqual({ period: '2026-01', state: 'lasts' });
    expect(dueMonth('2025-12', undefined, at('2026-02-01T00:00:00Z'))).toEqual({ period: '2026-01', state: 'ready' });
    expect(dueMonth('2026-06', undefined, at('2026-07-31T23:30:00Z')).state).toBe('ready');
  });

  it('waits for a run that is not over, and is the same again after a rejection', () => {
    expect(dueMonth('2026-01', run(), at('2026-03-02T00:00:00Z'))).toMatchObject({
      period: '2026-02',
      state: 'blocked',
    });
    const rejected = run({ status: 'rejected' });
    expect(dueMonth('2025-12', rejected, at('2026-03-02T00:00:00Z'))).toEqual({ period: '2026-01', state: 'ready' });
  });

  it('goes on with an approved run that stopped, and computes one anew that stopped before', () => {
    const failed = run({ status: 'failed' });
    expect(dueMonth('2026-01', failed, at('2026-03-02T00:00:00Z'))).toMatchObject({
      period: '2026-01',
      state: 'resumes',
    });
    expect(dueMonth('2025-12', failed, at('2026-03-02T00:00:00Z'))).toEqual({ period: '2026-01', state: 'ready' });
  });
});

describe('a run that is over', () => {
  it('says whether its amount was approved or would have been paid', () => {
    const both = { required: 2, given: [given, { ...given, by: 'person:b' }] };
    expect(payLabel(run())).toBe('To pay');
    expect(payLabel(run({ approvals: both }))).toBe('Approved to pay');
    expect(payLabel(run({ status: 'completed', approvals: both }))).toBe('Approved to pay');
    expect(payLabel(run({ status: 'expired', approvals: { required: 2, given: [given] } }))).toBe('Would have paid');
    const rejected = { required: 1, given: [given, { ...given, decision: 'reject' as const }] };
    expect(payLabel(run({ status: 'rejected', approvals: rejected }))).toBe('Would have paid');
  });

  it('names the payouts of its fault', () => {
    expect(namedPayouts('2 payouts: po~2026-01.1~a.b~GBP returned, po~2026-01.1~c~EUR unknown and 3 more')).toEqual({
      payouts: [
        { payoutId: 'po~2026-01.1~a.b~GBP', partnerId: 'a.b', status: 'returned' },
        { payoutId: 'po~2026-01.1~c~EUR', partnerId: 'c', status: 'unknown' },
      ],
      more: 3,
    });
    expect(namedPayouts('The table did not answer.')).toEqual({ payouts: [], more: 0 });
  });
});

describe('what stands out', () => {
  it('is told with names and amounts, and leads to where it is looked at', () => {
    const told = tellAnomaly(
      { kind: 'largest_share', currency: 'GBP', partnerId: 'a/b', amountMinor: 9_319_466 },
      { format, names, run: run() },
    );
    expect(told).toMatchObject({ title: 'name of a/b gets more than half', path: '/runs/2026-01.1/partners/a%2Fb' });
    expect(told.says).toContain('£93,194.66');
  });

  it('says what a partner owes without a sign', () => {
    const owes = { kind: 'negative_balance', currency: 'GBP', partnerId: 'p1', amountMinor: -2_559 };
    expect(tellAnomaly(owes, { format, names, run: run() }).title).toBe('name of p1 owes £25.59');
  });

  it('says who changed which rule, and of a kind that came later what is known', () => {
    const changed = { kind: 'policy_changed', currency: 'GBP', by: 'person:x', controls: ['payouts.expiryHours'] };
    expect(tellAnomaly(changed, { format, names, run: run() }).says).toBe(
      'name of person:x changed expiry hours since the last run was opened.',
    );
    expect(tellAnomaly({ kind: 'some_new_kind', currency: 'GBP' }, { format, names, run: run() }).title).toBe(
      'some new kind',
    );
  });
});

describe('who a decision holds back', () => {
  it('lies in the address, each once and in order', () => {
    expect(holdsOf(new URLSearchParams('hold=b&hold=a&hold=b&hold='))).toEqual(['a', 'b']);
    expect(partnersHref('acme', '2026-01.1', { sort: 'due', hold: ['a', 'b'] })).toBe(
      '/console/programs/acme/runs/2026-01.1/partners?sort=due&hold=a&hold=b',
    );
    expect(partnersHref('acme', '2026-01.1')).toBe('/console/programs/acme/runs/2026-01.1/partners');
  });
});
