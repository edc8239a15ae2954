import { beforeEach, describe, expect, it } from 'vitest';
import type { PolicyPatch } from '#shared/application/payouts/programs/change-payout-policy';
import { SCHEDULER } from '#shared/application/payouts/runs/start-due-closes';
import type { Program } from '#shared/application/programs';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { aClosingHalf } from '#test/support/builders/closing-half';
import { FEBRUARY, instant, JANUARY } from '#test/support/builders/runs';

const OPENED = '2026-02-01T08:00:00Z';

async function aHalf(program: Partial<Program> = {}) {
  const half = aClosingHalf({ partners: [{ partnerId: 'p1', agreements: [], tiers: [] }], program });
  await half.ready();
  const change = (policy: PolicyPatch, by = 'person:admin') => half.changePolicy({ programId: 'acme', policy, by });
  const pay = (amountMinor: bigint) =>
    half.adjust({
      programId: 'acme',
      adjustmentId: 'a1',
      partnerId: 'p1',
      amountMinor,
      currency: 'GBP',
      occurredAt: instant('2026-01-20T00:00:00Z'),
      reason: 'Goodwill',
      by: 'person:adjuster',
    });
  return { ...half, change, pay };
}
type Half = Awaited<ReturnType<typeof aHalf>>;

describe('how many must approve', () => {
  it('is two where the installation opened the run by itself, whatever the policy says', async () => {
    const half = await aHalf({ approvals: { required: 1 } });
    const run = await half.toDecision(JANUARY, SCHEDULER);
    expect(run.approvalsRequired).toBe(2);
    expect((await half.approve(run, 'person:a')).status).toBe('awaiting_decision');
    expect((await half.approve(run, 'person:b')).status).toBe('posting');
  });

  it('stays one where another person opened it and the policy asks for one', async () => {
    const half = await aHalf({ approvals: { required: 1 } });
    const run = await half.toDecision(JANUARY);
    expect((await half.approve(run, 'person:a')).status).toBe('posting');
  });

  it('rises with the total of the run', async () => {
    const half = await aHalf();
    await half.change({
      payouts: {
        requiredAbove: [
          { aboveMinor: 100n, required: 3 },
          { aboveMinor: 1_000n, required: 5 },
        ],
      },
    });
    await half.pay(101n);
    expect(await half.toDecision(JANUARY)).toMatchObject({ approvalsRequired: 3, policyVersion: 1 });
  });

  it('is read as it is stored when the run is summarised, and stays so', async () => {
    const half = await aHalf();
    const run = await half.toDecision(JANUARY);
    await half.change({ approvals: { required: 1 }, payouts: { alsoExcluded: ['created_an_api_key'] } });
    expect(await half.approve(run, 'person:a')).toMatchObject({ status: 'awaiting_decision', approvalsRequired: 2 });
    expect((await half.approve(run, 'person:b')).status).toBe('posting');
  });
});

describe('who changed the payout policy', () => {
  it('cannot approve the run that it holds for, and stands before its approvers', async () => {
    const half = await aHalf();
    await half.change({ approvals: { required: 1 }, payouts: { expiryHours: 200, reminderHours: [10] } }, 'person:a');
    half.time.now += 1_000;
    const run = await half.toDecision(JANUARY);
    expect(run.anomalies).toContainEqual({
      kind: 'policy_changed',
      currency: 'GBP',
      by: 'person:a',
      controls: ['approvals.required', 'payouts.expiryHours', 'payouts.reminderHours'],
    });
    expect(run.decisionTimes).toMatchObject({ reminderHours: [10], expiresAt: '2026-02-09T16:00:01.000Z' });
    await expect(half.approve(run, 'person:a')).rejects.toMatchObject({
      code: 'approver_excluded',
      extra: { reason: 'changed_policy' },
    });
    expect((await half.approve(run, 'person:b')).status).toBe('posting');
  });

  it('may approve a run that was summarised before, not the one after it', async () => {
    const half = await aHalf({ approvals: { required: 1 } });
    const run = await half.toDecision(JANUARY);
    half.time.now += 1_000;
    await half.change({ payouts: { expiryHours: 400 } }, 'person:a');
    await half.approve(run, 'person:a');
    await half.paid(run);
    half.time.now = Date.parse('2026-03-01T08:00:00Z');
    const next = await half.toDecision(FEBRUARY);
    await expect(half.approve(next, 'person:a')).rejects.toMatchObject({ extra: { reason: 'changed_policy' } });
  });

  it('cannot approve by a change that came while the run was summarised', async () => {
    const half = await aHalf();
    const run = await half.toDecision(JANUARY);
    await half.money.programs.changePolicy({
      programId: 'acme',
      version: 1,
      before: half.program,
      after: { ...half.program, approvals: { required: 1 } },
      by: 'person:a',
      at: instant('2026-02-01T08:00:05Z'),
    });
    // The summary began at 08:00:00 and read the policy at 08:00:06.
    await half.money.runs.advance('acme', run.runId, 'awaiting_decision', { policyVersion: 1 });
    await expect(half.approve(run, 'person:a')).rejects.toMatchObject({ extra: { reason: 'changed_policy' } });
  });
});

describe('whom the policy excludes besides', () => {
  let half: Half;
  const key = { keyId: 'k1', createdBy: 'person:maker', createdAt: instant('2026-01-05T00:00:00Z') };
  const refusedTo = async (run: PayoutRun, by: string) =>
    half.approve(run, by).then(
      () => 'approved',
      (error: { extra?: { reason?: string } }) => error.extra?.reason,
    );
  beforeEach(async () => {
    half = await aHalf({ approvals: { required: 9 }, createdAt: instant('2026-01-02T00:00:00Z') });
  });

  it('is nobody unless it is named', async () => {
    half.apiKeyMakers.push(key);
    const publishedAt = instant('2026-01-10T00:00:00Z');
    await half.money.plans.publish('acme', { version: 1, components: [], publishedBy: 'person:p', publishedAt });
    const run = await half.toDecision(JANUARY);
    expect([await refusedTo(run, 'person:maker'), await refusedTo(run, 'person:p')]).toEqual(['approved', 'approved']);
  });

  it('is who published a plan, and who made the key that did', async () => {
    half.apiKeyMakers.push({ ...key, onBehalfOf: 'person:behind' });
    await half.change({ payouts: { alsoExcluded: ['published_a_plan'] } });
    const published = { components: [], publishedAt: instant('2026-01-10T00:00:00Z') };
    await half.money.plans.publish('acme', { ...published, version: 1, publishedBy: 'person:p' });
    await half.money.plans.publish('acme', { ...published, version: 2, publishedBy: 'key:k1' });
    const late = instant('2026-02-02T00:00:00Z');
    await half.money.plans.publish('acme', { ...published, version: 3, publishedBy: 'person:late', publishedAt: late });
    const run = await half.toDecision(JANUARY);
    const answers = ['person:p', 'person:maker', 'person:behind', 'person:late'].map((by) => refusedTo(run, by));
    expect(await Promise.all(answers)).toEqual([...Array(3).fill('published_a_plan'), 'approved']);
  });

  it('is who made an API key that could record sales of the month', async () => {
    await half.change({ payouts: { alsoExcluded: ['created_an_api_key'] } });
    const made = (by: string, over: object) => half.apiKeyMakers.push({ ...key, keyId: by, createdBy: by, ...over });
    made('person:all', {});
    made('person:here', { programId: 'acme' });
    made('person:elsewhere', { programId: 'other' });
    made('person:revoked', { revokedAt: instant('2026-01-01T00:00:00Z') });
    made('person:revoking', { revokedAt: instant('2026-01-20T00:00:00Z') });
    made('person:later', { createdAt: instant('2026-02-03T00:00:00Z') });
    const run = await half.toDecision(JANUARY);
    const people = ['all', 'here', 'revoking', 'elsewhere', 'revoked', 'later'].map((name) => `person:${name}`);
    const answers: unknown[] = [];
    for (const by of people) answers.push(await refusedTo(run, by));
    expect(answers).toEqual([...Array(3).fill('created_an_api_key'), ...Array(3).fill('approved')]);
    expect(run.openedAt).toBe(instant(OPENED));
  });
});
