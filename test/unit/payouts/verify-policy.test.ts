import { describe, expect, it } from 'vitest';
import type { PolicyChange } from '#shared/application/payouts/ports';
import { makeDifferences } from '#shared/application/payouts/proof/verify-differences';
import { verifyDecisionTimes, verifyPolicyVersion } from '#shared/application/payouts/proof/verify-policy';
import { policyOfRun } from '#shared/application/payouts/runs/policy-of-run';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { aClosedHistory } from '#test/support/builders/closed-history';
import { aProgramme, aRun, instant } from '#test/support/builders/runs';

const policy = (required: number) => ({ ...aProgramme(), approvals: { required } });
const changed = (version: number, at: string): PolicyChange => ({
  programId: 'acme',
  version,
  before: policy(version + 1),
  after: policy(version + 2),
  by: 'person:admin',
  at: instant(at),
});
const CHANGES = [
  changed(1, '2026-01-15T00:00:00Z'),
  changed(2, '2026-02-01T08:00:30Z'),
  changed(3, '2026-03-01T00:00:00Z'),
];
const controls = { policyChanges: async () => CHANGES };
const program = { ...aProgramme({ policyVersion: 3 }), approvals: { required: 5 } };
const times = { reminderHours: [], expiresAt: instant('2026-02-15T08:00:00Z') };

async function named(run: Partial<PayoutRun>): Promise<readonly string[]> {
  const differences = makeDifferences();
  const summarised = aRun({ summarisedAt: instant('2026-02-01T08:00:00Z'), ...run });
  await verifyPolicyVersion(controls, program, summarised, differences);
  return differences.found.map(({ field, stored, recomputed }) => `${field} ${stored} ${recomputed}`);
}

describe('the policy that a run was decided by', () => {
  it('is what held before the next change of its version', async () => {
    const requiredBy = async (policyVersion?: number) =>
      (await policyOfRun(controls, program, { policyVersion })).approvals.required;
    expect(await Promise.all([undefined, 0, 1, 2, 3].map(requiredBy))).toEqual([2, 2, 3, 4, 5]);
    const lost = { policyChanges: async () => CHANGES.slice(2) };
    await expect(policyOfRun(lost, program, { policyVersion: 0 })).rejects.toThrow('change 1 of the payout policy');
  });

  it('is one that was in force while the run was summarised', async () => {
    const since = instant('2026-02-01T08:01:00Z');
    expect(await named({ policyVersion: 1 })).toEqual([]);
    expect(await named({ policyVersion: 2, decisionTimes: { ...times, since } })).toEqual([]);
    expect(await named({ policyVersion: 0 })).toEqual(['policyVersion 0 1']);
    expect(await named({ policyVersion: 2 })).toEqual(['policyVersion 2 1']);
    expect(await named({ policyVersion: 3, decisionTimes: { ...times, since } })).toEqual(['policyVersion 3 1']);
  });

  it('says how long the run waited', () => {
    const { payouts } = aProgramme();
    const since = instant('2026-02-01T08:00:00Z');
    const said = (decisionTimes: PayoutRun['decisionTimes']): readonly string[] => {
      const differences = makeDifferences();
      verifyDecisionTimes(aProgramme(), aRun({ decisionTimes }), differences);
      return differences.found.map(({ field, stored, recomputed }) => `${field} ${stored} | ${recomputed}`);
    };
    const right = { since, reminderHours: payouts.reminderHours, expiresAt: instant('2026-02-15T08:00:00Z') };
    expect([said(undefined), said(right)]).toEqual([[], []]);
    const longer = { ...right, reminderHours: [72], expiresAt: instant('2027-02-15T08:00:00Z') };
    expect(said(longer)).toEqual([
      'decisionBy 2027-02-15T08:00:00.000Z | 2026-02-15T08:00:00.000Z',
      'reminderHours 72 | 72, 168',
    ]);
  });

  it('is the first one of a run from before there were versions', async () => {
    expect(await named({ summarisedAt: instant('2026-01-05T00:00:00Z') })).toEqual([]);
  });

  it('is proved with the run: a changed requirement, and too few approvals of a run that nobody opened', async () => {
    const { deps, verify } = await aClosedHistory();
    const withRuns = (change: (run: PayoutRun) => PayoutRun) => ({
      runs: {
        ...deps.runs,
        list: async (...given: Parameters<typeof deps.runs.list>) => {
          const page = await deps.runs.list(...given);
          return { ...page, items: page.items.map(change) };
        },
      },
    });
    const stricter = changed(1, '2026-01-03T00:00:00Z');
    const after = { ...deps.controls, policyChanges: async () => [{ ...stricter, after: policy(3) }] };
    const programs = {
      ...deps.programs,
      get: async () => ({ ...program, policyVersion: 1, approvals: { required: 3 } }),
    };
    const raised = await verify({ controls: after, programs, ...withRuns((run) => ({ ...run, policyVersion: 1 })) });
    expect(raised.differences.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['approvalsRequired', 'approvals']),
    );
    const one = {
      ...deps.programs,
      get: async (id: string) => ({ ...(await deps.programs.get(id)), approvals: { required: 1 } }),
    };
    const alone = withRuns((run) => ({
      ...run,
      openedBy: 'system:scheduler',
      approvalsRequired: 1,
      given: run.given.slice(0, 1),
    }));
    const { differences } = await verify({ programs: one, ...alone });
    expect(differences).toContainEqual(
      expect.objectContaining({ field: 'approvalsRequired', stored: '1', recomputed: '2' }),
    );
  });
});
