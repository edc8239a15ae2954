import { describe, expect, it } from 'vitest';
import { makeChangePayoutPolicy, type PolicyPatch } from '#shared/application/payouts/programs/change-payout-policy';
import { payoutsSchema, policyChangeSchema } from '#shared/contracts/payouts/programs/payout-policy';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { toInstant } from '#shared/domain/time/instant';
import { aClosedHistory } from '#test/support/builders/closed-history';
import { aClosingHalf } from '#test/support/builders/closing-half';
import { instant, JANUARY } from '#test/support/builders/runs';

const MINUTE = 60_000;
const POLICY: PolicyPatch = { payouts: { freshSignInAboveMinor: 1_000n } };

/** A run of January that pays so much, summarised by a policy that asks for a fresh sign-in above 10.00. */
async function aRunOf(amountMinor: bigint, policy = POLICY) {
  const half = aClosingHalf({ partners: [{ partnerId: 'p1', agreements: [], tiers: [] }] });
  await half.ready();
  await half.changePolicy({ programId: 'acme', policy, by: 'person:admin' });
  const adjustment = {
    programId: 'acme',
    adjustmentId: 'a1',
    partnerId: 'p1',
    amountMinor,
    currency: 'GBP',
    occurredAt: instant('2026-01-20T00:00:00Z'),
    reason: 'Goodwill',
    by: 'person:adjuster',
  };
  await half.adjust(adjustment);
  const run = await half.toDecision(JANUARY);
  const approve = (by: string, minutesAgo?: number): Promise<PayoutRun> =>
    half.approve(run, by, undefined, minutesAgo === undefined ? undefined : half.time.now - minutesAgo * MINUTE);
  const may = (by: string, minutesAgo?: number) =>
    half.yourDecision(run, {
      by,
      isPerson: true,
      signedInAt: minutesAgo === undefined ? undefined : half.time.now - minutesAgo * MINUTE,
    });
  return { ...half, run, approve, may };
}

describe('an approval above the limit', () => {
  it('needs a sign-in of the last minutes, of every approver, and keeps when it was', async () => {
    const { approve, time } = await aRunOf(1_001n);
    await expect(approve('person:a')).rejects.toMatchObject({ code: 'login_not_fresh' });
    await expect(approve('person:a', 16)).rejects.toMatchObject({
      code: 'login_not_fresh',
      extra: { freshLoginMinutes: 15 },
    });
    const first = await approve('person:a', 15);
    expect(first.given[0]?.signedInAt).toBe(new Date(time.now - 15 * MINUTE).toISOString());
    await expect(approve('person:b', 60)).rejects.toMatchObject({ code: 'login_not_fresh' });
    expect((await approve('person:b', 0)).status).toBe('posting');
  });

  it('needs none up to the limit, and none where the policy names no limit', async () => {
    const { approve } = await aRunOf(1_000n);
    const run = await approve('person:a', 60);
    expect(run.given).toMatchObject([{ by: 'person:a' }]);
    expect(run.given[0]).not.toHaveProperty('signedInAt');
    const free = await aRunOf(1_000_000n, { payouts: { expiryHours: 400 } });
    expect((await free.approve('person:a')).given).toHaveLength(1);
  });

  it('goes by the policy that the run was summarised by', async () => {
    const { approve, changePolicy } = await aRunOf(1_001n);
    await changePolicy({ programId: 'acme', policy: { payouts: { freshSignInAboveMinor: null } }, by: 'person:admin' });
    await expect(approve('person:a', 60)).rejects.toMatchObject({ code: 'login_not_fresh' });
  });

  it('is not asked of who rejects', async () => {
    const { decide, run } = await aRunOf(1_001n);
    const request = { programId: 'acme', runId: run.runId, contentHash: run.contentHash ?? '', requestId: 'r' };
    const rejected = await decide({ ...request, by: 'person:a', decision: 'reject', comment: 'A slip' });
    expect(rejected.status).toBe('rejected');
  });

  it('tells who is excluded that before it asks for a sign-in', async () => {
    const { approve } = await aRunOf(1_001n);
    await expect(approve('person:opener', 60)).rejects.toMatchObject({ code: 'approver_excluded' });
  });
});

describe('what a person may do about a run', () => {
  it('is told by the rules of the decision itself', async () => {
    const { may, approve } = await aRunOf(1_001n);
    expect(await may('person:a', 1)).toEqual({ allowed: true, mayReject: true, reasons: [] });
    expect(await may('person:a', 60)).toMatchObject({
      allowed: false,
      mayReject: true,
      reasons: [{ code: 'login_not_fresh', text: expect.stringContaining('Sign in again') }],
    });
    expect(await may('person:opener', 1)).toMatchObject({
      allowed: false,
      mayReject: true,
      reasons: [{ code: 'approver_excluded', exclusion: 'opened_the_run' }],
    });
    await approve('person:a', 1);
    expect(await may('person:a', 1)).toMatchObject({ allowed: true });
  });

  it('is nothing once the person or the run has decided, and nothing for a key', async () => {
    const { may, approve, money, yourDecision, run } = await aRunOf(1_001n);
    await approve('person:a', 1);
    const waiting = (await money.runs.get('acme', run.runId)) as PayoutRun;
    expect(await yourDecision(waiting, { by: 'person:a', isPerson: true, signedInAt: 0 })).toMatchObject({
      allowed: false,
      mayReject: false,
      reasons: [{ code: 'already_decided' }],
    });
    await approve('person:b', 1);
    const decided = (await money.runs.get('acme', run.runId)) as PayoutRun;
    expect(await yourDecision(decided, { by: 'person:c', isPerson: true })).toMatchObject({
      allowed: false,
      mayReject: false,
      reasons: [{ code: 'run_not_awaiting_decision' }],
    });
    expect(await yourDecision(waiting, { by: 'key:k', isPerson: false })).toMatchObject({
      allowed: false,
      mayReject: false,
      reasons: [{ code: 'person_required' }],
    });
    expect(await may('person:c', 1)).toMatchObject({ allowed: true });
  });
});

describe('a proposed adjustment above the limit', () => {
  const aHouse = async () => {
    const half = aClosingHalf({
      partners: [{ partnerId: 'p1', agreements: [], tiers: [] }],
      program: {
        controls: {
          adjustmentLimitMinor: 100n,
          writeOffLimitMinor: 0n,
          negativeBalanceAgeMonths: 3,
          disputeAnswerDays: 14,
        },
      },
    });
    await half.ready();
    await makeChangePayoutPolicy({ programs: half.money.programs, clock: () => half.time.now })({
      programId: 'acme',
      policy: POLICY,
      by: 'person:admin',
    });
    const propose = (adjustmentId: string, amountMinor: bigint) =>
      half.adjust({
        programId: 'acme',
        adjustmentId,
        partnerId: 'p1',
        amountMinor,
        currency: 'GBP',
        occurredAt: instant('2026-01-20T00:00:00Z'),
        reason: 'Goodwill',
        by: 'person:adjuster',
      });
    const decide = (adjustmentId: string, decision: 'approve' | 'decline', signedInAt?: number) =>
      half.decideAdjustment({ programId: 'acme', adjustmentId, decision, by: 'person:b', signedInAt });
    return { ...half, propose, decide };
  };

  it('is approved with a fresh sign-in alone, whichever way it goes, and declined with any', async () => {
    const { propose, decide, time } = await aHouse();
    await propose('plus', 1_001n);
    await propose('minus', -1_001n);
    await propose('small', 1_000n);
    for (const id of ['plus', 'minus']) {
      await expect(decide(id, 'approve', time.now - 60 * MINUTE)).rejects.toMatchObject({ code: 'login_not_fresh' });
    }
    expect((await decide('plus', 'approve', time.now)).status).toBe('recorded');
    expect((await decide('minus', 'decline')).status).toBe('declined');
    expect((await decide('small', 'approve')).status).toBe('recorded');
  });
});

describe('the limit in the contract', () => {
  it('is an amount that is absent unless somebody sets it, and null takes it away', () => {
    expect(payoutsSchema.parse({})).not.toHaveProperty('freshSignInAboveMinor');
    for (const freshSignInAboveMinor of [0, 500_000, null]) {
      expect(policyChangeSchema.safeParse({ payouts: { freshSignInAboveMinor } }).success).toBe(true);
    }
    for (const freshSignInAboveMinor of [-1, 0.5, '5']) {
      expect(policyChangeSchema.safeParse({ payouts: { freshSignInAboveMinor } }).success).toBe(false);
    }
  });
});

describe('the proof of a run', () => {
  it('names an approval above the limit whose giver had signed in long before, or nobody knows when', async () => {
    const { deps, verify } = await aClosedHistory();
    const programs = {
      ...deps.programs,
      get: async (id: string) => {
        const program = await deps.programs.get(id);
        return { ...program, payouts: { ...program.payouts, freshSignInAboveMinor: 0n } };
      },
    };
    const signedIn = (minutesBefore: number) => ({
      ofRun: async (...run: Parameters<typeof deps.decisions.ofRun>) =>
        (await deps.decisions.ofRun(...run)).map((decision) => ({
          ...decision,
          signedInAt: toInstant(Date.parse(decision.at) - minutesBefore * MINUTE),
        })),
    });
    const fields = async (decisions = deps.decisions): Promise<string[]> =>
      (await verify({ programs, decisions })).differences.map(({ field }) => field);
    const named = 'sign-in of person:a before the approval';
    expect(await fields()).toContain(named);
    expect(await fields(signedIn(16))).toContain(named);
    expect(await fields(signedIn(15))).toEqual([]);
  });
});
