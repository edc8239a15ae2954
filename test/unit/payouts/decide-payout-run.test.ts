import { beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '#shared/application/failure';
import type { SettingsPatch } from '#shared/application/payouts/programs/change-settings';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { aClosingHalf } from '#test/support/builders/closing-half';
import { DECEMBER, FEBRUARY, HASH, instant, JANUARY } from '#test/support/builders/runs';

const PARTNERS = ['p1', 'p2', 'p3'].map((partnerId) => ({ partnerId, agreements: [], tiers: [] }));

async function refusal(work: Promise<unknown>): Promise<Failure> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Failure);
  return error as Failure;
}

describe('deciding on a payout run', () => {
  let half: ReturnType<typeof aClosingHalf>;
  let run: PayoutRun;
  beforeEach(async () => {
    half = aClosingHalf({ partners: PARTNERS });
    await half.ready();
    run = await half.toDecision(JANUARY);
  });
  const reject = (by: string, comment?: string) =>
    half.decide({
      programId: 'acme',
      runId: run.runId,
      by,
      requestId: `${by} rejects`,
      decision: 'reject',
      contentHash: run.contentHash ?? '',
      comment,
    });

  it('needs two different people', async () => {
    expect(await half.approve(run, 'person:a')).toMatchObject({
      status: 'awaiting_decision',
      given: [{ by: 'person:a' }],
    });
    const done = await half.approve(run, 'person:b');
    expect(done).toMatchObject({
      status: 'posting',
      decision: 'approve',
      given: [{ by: 'person:a' }, { by: 'person:b' }],
    });
  });

  it('refuses the same person twice', async () => {
    await half.approve(run, 'person:a');
    const again = half.decide({
      programId: 'acme',
      runId: run.runId,
      by: 'person:a',
      requestId: 'another',
      decision: 'approve',
      contentHash: run.contentHash ?? '',
    });
    expect((await refusal(again)).code).toBe('already_decided');
    expect((await half.money.runs.get('acme', run.runId))?.given).toHaveLength(1);
  });

  it('answers a repeat of the same request with the run', async () => {
    await half.approve(run, 'person:a');
    expect(await half.approve(run, 'person:a')).toMatchObject({
      status: 'awaiting_decision',
      given: [{ by: 'person:a' }],
    });
    expect((await half.money.runs.get('acme', run.runId))?.given).toHaveLength(1);
  });

  it('refuses another content hash and names the current one', async () => {
    const other = half.decide({
      programId: 'acme',
      runId: run.runId,
      by: 'person:a',
      requestId: 'r',
      decision: 'approve',
      contentHash: HASH,
    });
    expect(await refusal(other)).toMatchObject({
      code: 'content_hash_mismatch',
      extra: { contentHash: run.contentHash },
    });
  });

  it('refuses the opener, who may still reject', async () => {
    expect(await refusal(half.approve(run, 'person:opener'))).toMatchObject({
      code: 'approver_excluded',
      extra: { reason: 'opened_the_run' },
    });
    expect((await reject('person:opener', 'I saw a slip')).status).toBe('rejected');
  });

  it('refuses who made an adjustment that the run pays', async () => {
    await reject('person:a', 'An adjustment is missing');
    await half.adjust({
      programId: 'acme',
      adjustmentId: 'a1',
      partnerId: 'p1',
      amountMinor: 500n,
      currency: 'GBP',
      occurredAt: instant('2026-01-20T00:00:00Z'),
      reason: 'Goodwill',
      by: 'person:adjuster',
    });
    half.time.now += 1;
    const second = await half.toDecision(JANUARY);
    expect(second).toMatchObject({ runId: '2026-01.2', totals: [{ adjustmentMinor: 500n, payableMinor: 500n }] });
    expect(await refusal(half.approve(second, 'person:adjuster'))).toMatchObject({
      extra: { reason: 'made_an_adjustment' },
    });
    expect((await half.approve(second, 'person:b')).given).toHaveLength(1);
  });

  it('refuses who changed a payee since the last run was opened, and forgets it with the next', async () => {
    half.payeeChanges.push({ partnerId: 'p1', by: 'person:a', at: instant('2026-01-20T00:00:00Z') });
    expect(await refusal(half.approve(run, 'person:a'))).toMatchObject({ extra: { reason: 'changed_a_payee' } });
    await half.approve(run, 'person:b');
    await half.approve(run, 'person:c');
    await half.paid(run);
    half.time.now = Date.parse('2026-03-01T08:00:00Z');
    const next = await half.toDecision(FEBRUARY);
    expect((await half.approve(next, 'person:a')).given).toHaveLength(1);
  });

  it('refuses who changed a payee that still cooled down when the last run was opened: this one is the first to pay it', async () => {
    const at = instant('2026-01-31T09:00:00Z');
    half.payeeChanges.push({ partnerId: 'p1', by: 'person:a', at, usableFrom: instant('2026-02-02T09:00:00Z') });
    // Could be paid by the run before.
    half.payeeChanges.push({ partnerId: 'p2', by: 'person:d', at });
    await half.approve(run, 'person:b');
    await half.approve(run, 'person:c');
    await half.paid(run);
    half.time.now = Date.parse('2026-03-01T08:00:00Z');
    const next = await half.toDecision(FEBRUARY);
    expect(await refusal(half.approve(next, 'person:a'))).toMatchObject({ extra: { reason: 'changed_a_payee' } });
    expect((await half.approve(next, 'person:d')).given).toHaveLength(1);
  });

  it('refuses who changed from which account a rail pays, before the summary and since the last run was opened', async () => {
    const change = {
      programId: run.programId,
      rail: 'stripe',
      enabled: true,
      mode: 'live',
      account: 'acct_1',
    } as const;
    const keyOfAnna = { by: 'key:k1', onBehalfOf: 'person:c' };
    half.railChanges.push(
      { ...change, version: 1, by: 'person:a', at: instant('2026-01-20T00:00:00Z') },
      { ...change, version: 2, ...keyOfAnna, at: instant('2026-01-21T00:00:00Z') },
      { ...change, version: 3, by: 'person:b', at: instant('2036-01-01T00:00:00Z') },
    );
    for (const person of ['person:a', 'person:c']) {
      expect(await refusal(half.approve(run, person))).toMatchObject({ extra: { reason: 'changed_a_rail' } });
    }
    // A run pays by no account that was set up after its summary.
    expect((await half.approve(run, 'person:b')).given).toHaveLength(1);
  });

  it('takes no approval from who changed what tiers ask for since the last run, until this one was summarised', async () => {
    const at = instant('2026-01-20T00:00:00Z');
    half.tierSchemeChanges.push(
      { by: 'person:a', at },
      { by: 'key:k1', onBehalfOf: 'person:c', at },
      { by: 'person:b', at: instant('2036-01-01T00:00:00Z') },
    );
    for (const person of ['person:a', 'person:c']) {
      expect(await refusal(half.approve(run, person))).toMatchObject({ extra: { reason: 'changed_tiers' } });
    }
    expect((await half.approve(run, 'person:b')).given).toHaveLength(1);
  });

  it('takes no approval from who gave a role that decides money since the last run, also while this one waits', async () => {
    half.roleGivers.push(
      { by: 'person:a', at: instant('2026-01-20T00:00:00Z') },
      { by: 'person:c', at: instant('2036-01-01T00:00:00Z') },
      { by: 'person:b', at: instant('2020-01-01T00:00:00Z') },
    );
    for (const person of ['person:a', 'person:c']) {
      expect(await refusal(half.approve(run, person))).toMatchObject({ extra: { reason: 'gave_a_role' } });
    }
    expect((await half.approve(run, 'person:b')).given).toHaveLength(1);
  });

  it('counts an earlier approval no longer once its giver changed a payee, and needs another person', async () => {
    await half.approve(run, 'person:a');
    half.payeeChanges.push({ partnerId: 'p1', by: 'person:a', at: instant('2026-02-01T09:00:00Z') });
    const waiting = await half.approve(run, 'person:b');
    expect(waiting).toMatchObject({
      status: 'awaiting_decision',
      given: [{ by: 'person:a', voidedBy: 'changed_a_payee' }, { by: 'person:b' }],
    });
    expect(waiting.given[1]?.voidedBy).toBeUndefined();
    expect((await half.approve(run, 'person:c')).status).toBe('posting');
  });

  it('excludes the person behind the API key that opened the run', async () => {
    await reject('person:z', 'Opened by key next');
    half.time.now += 1;
    await half.toDecision(JANUARY, 'key:k1', 'person:admin');
    run = (await half.money.runs.latestOf('acme', JANUARY))!;
    expect(run).toMatchObject({ openedBy: 'key:k1', onBehalfOf: 'person:admin' });
    expect(await refusal(half.approve(run, 'person:admin'))).toMatchObject({ extra: { reason: 'opened_the_run' } });
    expect((await half.approve(run, 'person:a')).given).toHaveLength(1);
  });

  it('excludes the person behind the API key that made an adjustment or changed a payee', async () => {
    await reject('person:z', 'An adjustment is missing');
    await half.adjust({
      programId: 'acme',
      adjustmentId: 'a1',
      partnerId: 'p1',
      amountMinor: 500n,
      currency: 'GBP',
      occurredAt: instant('2026-01-20T00:00:00Z'),
      reason: 'Goodwill',
      by: 'key:k1',
      onBehalfOf: 'person:admin',
    });
    half.payeeChanges.push({
      partnerId: 'p1',
      by: 'key:k1',
      onBehalfOf: 'person:other',
      at: instant('2026-01-20T00:00:00Z'),
    });
    half.time.now += 1;
    const second = await half.toDecision(JANUARY);
    expect(await refusal(half.approve(second, 'person:admin'))).toMatchObject({
      extra: { reason: 'made_an_adjustment' },
    });
    expect(await refusal(half.approve(second, 'person:other'))).toMatchObject({ extra: { reason: 'changed_a_payee' } });
  });

  it('excludes who gave a sale of the month to another partner, and the person behind the API key that did', async () => {
    const at = instant('2026-01-20T00:00:00Z');
    half.reattributors.push(
      { by: 'key:k1', onBehalfOf: 'person:a', at, period: JANUARY },
      { by: 'person:b', at, period: FEBRUARY },
      { by: 'person:binder', at, period: JANUARY, kind: 'binding' },
    );
    expect(await refusal(half.approve(run, 'person:binder'))).toMatchObject({ extra: { reason: 'bound_a_customer' } });
    const failure = await refusal(half.approve(run, 'person:a'));
    expect(failure).toMatchObject({ code: 'approver_excluded', extra: { reason: 'reattributed_a_sale' } });
    expect(failure.message).toContain('you gave a sale that this run pays to another partner');
    expect((await half.approve(run, 'person:b')).given).toHaveLength(1);
    expect((await half.approve(run, 'person:c')).status).toBe('posting');
  });

  it('tells who changed which controls since the last run was opened, and excludes them', async () => {
    const change = async (by: string, controls: object, onBehalfOf?: string) => {
      half.time.now += 60_000;
      await half.changeControls({ programId: 'acme', controls, by, onBehalfOf });
    };
    await change('person:a', { disputeAnswerDays: 5 });
    expect((await half.approve(run, 'person:a')).given).toHaveLength(1);
    await half.approve(run, 'person:b');
    await half.paid(run);
    await change('key:k1', { adjustmentLimitMinor: 100n }, 'person:admin');
    await change('key:k1', { adjustmentLimitMinor: null, negativeBalanceAgeMonths: 1 }, 'person:admin');
    half.time.now = Date.parse('2026-03-01T08:00:00Z');
    const february = await half.toDecision(FEBRUARY);
    expect(february.anomalies.filter(({ kind }) => kind === 'controls_changed')).toEqual([
      {
        kind: 'controls_changed',
        currency: 'GBP',
        by: 'key:k1',
        onBehalfOf: 'person:admin',
        controls: ['adjustmentLimitMinor', 'negativeBalanceAgeMonths'],
      },
      { kind: 'controls_changed', currency: 'GBP', by: 'person:a', controls: ['disputeAnswerDays'] },
    ]);
    await change('person:b', { disputeAnswerDays: 7 });
    for (const by of ['person:a', 'person:admin']) {
      const failure = await refusal(half.approve(february, by));
      expect(failure).toMatchObject({ code: 'approver_excluded', extra: { reason: 'changed_controls' } });
      expect(failure.message).toContain("you changed the programme's controls since the last run was opened");
    }
    expect((await half.approve(february, 'person:b')).given).toHaveLength(1);
  });

  it('excludes who changed settings that decide money since the last run was opened, not who changed how links look', async () => {
    const change = async (by: string, settings: SettingsPatch) => {
      half.time.now += 60_000;
      await half.changeSettings({ programId: 'acme', settings, by });
    };
    await half.approve(run, 'person:a');
    await half.approve(run, 'person:b');
    await half.paid(run);
    await change('person:a', { attribution: { windowDays: 30 } });
    await change('person:b', { tracking: { language: 'de' } });
    await change('person:c', { tracking: { paidSearch: 'forbid' } });
    half.time.now = Date.parse('2026-03-01T08:00:00Z');
    const february = await half.toDecision(FEBRUARY);
    await change('person:b', { fraud: { holdDeadlineDays: 3 } });
    for (const by of ['person:a', 'person:c']) {
      const failure = await refusal(half.approve(february, by));
      expect(failure).toMatchObject({ code: 'approver_excluded', extra: { reason: 'changed_settings' } });
      expect(failure.message).toContain('you changed how the programme attributes sales');
    }
    expect((await half.approve(february, 'person:b')).given).toHaveLength(1);
  });

  it('ends with one rejection that has a reason, and reopens the period', async () => {
    expect(await refusal(reject('person:a'))).toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '/comment' }],
    });
    expect(await reject('person:a', 'The wholesale plan is wrong')).toMatchObject({
      status: 'rejected',
      given: [{ decision: 'reject', comment: 'The wholesale plan is wrong' }],
    });
    expect((await half.money.programs.get('acme'))?.closedThrough).toBe(DECEMBER);
    expect((await refusal(half.approve(run, 'person:b'))).code).toBe('run_not_awaiting_decision');
  });

  it('refuses a decision before there is something to see', async () => {
    half.time.now = Date.parse('2026-03-01T08:00:00Z');
    await half.approve(run, 'person:a');
    await half.approve(run, 'person:b');
    await half.paid(run);
    const next = await half.open({ programId: 'acme', period: FEBRUARY, by: 'person:opener', requestId: 'r2' });
    const early = half.decide({
      programId: 'acme',
      runId: next.runId,
      by: 'person:a',
      requestId: 'r',
      decision: 'approve',
      contentHash: HASH,
    });
    expect(await refusal(early)).toMatchObject({ code: 'run_not_awaiting_decision', extra: { runStatus: 'open' } });
    expect(
      (
        await refusal(
          half.decide({
            programId: 'acme',
            runId: '2026-09.1',
            by: 'person:a',
            requestId: 'r',
            decision: 'approve',
            contentHash: HASH,
          }),
        )
      ).code,
    ).toBe('not_found');
  });

  it('takes the turns of two approvers at one moment', async () => {
    const both = await Promise.all([half.approve(run, 'person:a'), half.approve(run, 'person:b')]);
    expect(both.map(({ status }) => status)).toContain('posting');
    expect((await half.money.runs.get('acme', run.runId))?.given).toHaveLength(2);
  });

  describe('with holds', () => {
    it('shows what the first approver held, and lets the others send the same or none', async () => {
      expect(await half.approve(run, 'person:a', ['p2', 'p1', 'p2'])).toMatchObject({ holds: ['p1', 'p2'] });
      expect(await refusal(half.approve(run, 'person:b', ['p2']))).toMatchObject({
        code: 'invalid_request',
        errors: [{ pointer: '/holds' }],
        extra: { holds: ['p1', 'p2'] },
      });
      expect(await half.approve(run, 'person:b', ['p1', 'p2'])).toMatchObject({
        decision: 'approve',
        holds: ['p1', 'p2'],
      });
    });

    it('does not let a later approver hold anybody', async () => {
      await half.approve(run, 'person:a');
      expect((await refusal(half.approve(run, 'person:b', ['p1']))).errors[0]?.pointer).toBe('/holds');
      expect((await half.approve(run, 'person:b', [])).decision).toBe('approve');
    });

    it('names a hold on somebody who is not in the run', async () => {
      const failure = await refusal(half.approve(run, 'person:a', ['p1', 'stranger']));
      expect(failure).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/holds/1' }] });
      expect((await half.money.runs.get('acme', run.runId))?.given).toHaveLength(0);
    });
  });
});

describe('a run above the configured total', () => {
  it('needs one approver more', async () => {
    const half = aClosingHalf({
      partners: PARTNERS,
      program: { approvals: { required: 1, extraApproverAboveMinor: 1_000n } },
    });
    await half.ready();
    half.balances.set('p1', [{ currency: 'GBP', payableMinor: 1_001n, reservedMinor: 0n }]);
    const run = await half.toDecision(JANUARY);
    expect(run.approvalsRequired).toBe(2);
    expect((await half.approve(run, 'person:a')).status).toBe('awaiting_decision');
    expect((await half.approve(run, 'person:b')).status).toBe('posting');
  });

  it('needs no more at exactly the total', async () => {
    const half = aClosingHalf({
      partners: PARTNERS,
      program: { approvals: { required: 1, extraApproverAboveMinor: 1_000n } },
    });
    await half.ready();
    half.balances.set('p1', [{ currency: 'GBP', payableMinor: 1_000n, reservedMinor: 0n }]);
    const run = await half.toDecision(JANUARY);
    expect((await half.approve(run, 'person:a')).status).toBe('posting');
  });
});
