import { describe, expect, it } from 'vitest';
import { type DecisionRequest, type RunStatus, statusesBefore, weighDecision } from '#shared/domain/run/payout-run';
import { aRunToDecide, HASH, instant } from '#test/support/builders/runs';

const NOBODY = new Map<string, never>();
const MORNING = instant('2026-02-02T09:00:00Z');

const asks = (by: string, over: Partial<DecisionRequest> = {}): DecisionRequest => ({
  by,
  at: MORNING,
  decision: 'approve',
  contentHash: HASH,
  ...over,
});
const approval = (by: string) => ({ by, at: MORNING, decision: 'approve' as const });

describe('a decision on a run', () => {
  it('is kept with who, when and why, and completes nothing while approvers are missing', () => {
    expect(weighDecision(aRunToDecide({ approvalsRequired: 2 }), asks('a', { comment: 'fine' }), NOBODY)).toEqual({
      answer: 'accepted',
      given: [{ ...approval('a'), comment: 'fine' }],
      holds: [],
      completes: undefined,
    });
  });

  it('completes the run with the last approval needed, and keeps the earlier ones before it', () => {
    const run = aRunToDecide({ approvalsRequired: 2, given: [approval('a')], holds: ['p1'] });
    expect(weighDecision(run, asks('b'), NOBODY)).toEqual({
      answer: 'accepted',
      given: [approval('a'), { ...approval('b'), comment: undefined }],
      holds: ['p1'],
      completes: 'approve',
    });
  });

  it('rejects at once, but only with a comment', () => {
    const run = aRunToDecide({ given: [approval('a')], holds: ['p1'] });
    const rejection = { decision: 'reject', comment: 'a slip' } as const;
    expect(weighDecision(run, asks('b', rejection), NOBODY)).toEqual({
      answer: 'accepted',
      given: [approval('a'), { by: 'b', at: MORNING, ...rejection }],
      holds: ['p1'],
      completes: 'reject',
    });
    for (const comment of ['', undefined]) {
      expect(weighDecision(run, asks('b', { decision: 'reject', comment }), NOBODY)).toEqual({
        answer: 'comment_missing',
      });
    }
  });

  it('is refused a second time from one person, also once the run has gone on', () => {
    const given = [approval('a'), approval('b')];
    expect(weighDecision(aRunToDecide({ given }), asks('b'), NOBODY)).toEqual({ answer: 'already_decided' });
    expect(weighDecision(aRunToDecide({ given, status: 'posting' }), asks('b'), NOBODY)).toEqual({
      answer: 'already_decided',
    });
  });

  it('is refused when the run does not wait for one', () => {
    expect(weighDecision(aRunToDecide({ status: 'posting' }), asks('a'), NOBODY)).toEqual({ answer: 'not_awaiting' });
  });

  it('is refused for another content than the one on the screen', () => {
    expect(weighDecision(aRunToDecide(), asks('a', { contentHash: 'other' }), NOBODY)).toEqual({
      answer: 'other_content',
      contentHash: HASH,
    });
  });

  it('cannot approve from who had a hand in the run, but can reject', () => {
    const opened = new Map([['a', 'opened_the_run' as const]]);
    expect(weighDecision(aRunToDecide(), asks('a'), opened)).toEqual({
      answer: 'excluded',
      exclusion: 'opened_the_run',
    });
    const rejection = asks('a', { decision: 'reject', comment: 'a slip' });
    expect(weighDecision(aRunToDecide(), rejection, opened)).toMatchObject({ completes: 'reject' });
  });

  it('voids an earlier approval whose giver is excluded since, once, and does not count it', () => {
    const changed = new Map([['a', 'changed_a_payee' as const]]);
    const waiting = weighDecision(aRunToDecide({ given: [approval('a')], holds: ['p1'] }), asks('b'), changed);
    expect(waiting).toMatchObject({
      given: [{ ...approval('a'), voidedBy: 'changed_a_payee' }, { by: 'b' }],
      // What the first approver held back stays what the others approve.
      holds: ['p1'],
      completes: undefined,
    });
    const voided = { ...approval('a'), voidedBy: 'made_an_adjustment' as const };
    const again = weighDecision(aRunToDecide({ given: [voided, approval('b')] }), asks('c'), changed);
    expect(again).toMatchObject({ given: [voided, { by: 'b' }, { by: 'c' }], completes: 'approve' });
  });

  it('does not mark or count a rejection as an approval', () => {
    // Not a state that a run comes to: a rejection ends it. The count must not lean on that.
    const rejection = { ...approval('a'), decision: 'reject' as const };
    const excluded = new Map([['a', 'changed_a_payee' as const]]);
    const answer = weighDecision(aRunToDecide({ given: [rejection] }), asks('b', { holds: ['p2'] }), excluded);
    const own = { ...approval('b'), comment: undefined };
    expect(answer).toEqual({ answer: 'accepted', given: [rejection, own], holds: ['p2'], completes: undefined });
  });
});

describe('the partners held back', () => {
  it('are what the first approver sent, once each and sorted', () => {
    const answer = weighDecision(aRunToDecide(), asks('a', { holds: ['p2', 'p1', 'p2'] }), NOBODY);
    expect(answer).toMatchObject({ holds: ['p1', 'p2'] });
    expect(weighDecision(aRunToDecide(), asks('a'), NOBODY)).toMatchObject({ holds: [] });
  });

  it('must be the same for each later approver who names any', () => {
    const run = aRunToDecide({ given: [approval('a')], holds: ['p1', 'p2'] });
    expect(weighDecision(run, asks('b', { holds: ['p2', 'p1'] }), NOBODY)).toMatchObject({ answer: 'accepted' });
    for (const holds of [[], ['p1'], ['p1p2']]) {
      expect(weighDecision(run, asks('b', { holds }), NOBODY)).toEqual({ answer: 'other_holds', holds: ['p1', 'p2'] });
    }
  });
});

it('knows from which status a run may enter another', () => {
  const ways = (to: RunStatus): string => statusesBefore(to).join(' ');
  expect(ways('open')).toBe('');
  expect(ways('draining')).toBe('open');
  expect(ways('computing')).toBe('open draining');
  expect(ways('summarising')).toBe('computing');
  expect(ways('awaiting_decision')).toBe('summarising');
  expect(ways('posting')).toBe('awaiting_decision failed');
  expect(ways('submitting')).toBe('posting');
  expect(ways('completed')).toBe('posting submitting');
  expect(ways('completed_with_failures')).toBe('posting submitting');
  expect(ways('rejected')).toBe('awaiting_decision');
  expect(ways('expired')).toBe('awaiting_decision');
  expect(ways('failed')).toBe('open draining computing summarising awaiting_decision posting submitting');
});
