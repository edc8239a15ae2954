import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ApiProblem } from '#infra/api-client';
import { approveRun, type Run, waitForRun } from '#infra/local/demo/runs';
import { eventually } from '#test/support/eventually';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme, aSale, reviewedRun } from '#test/support/programme';

type Waiting = Run & {
  openedAt: string;
  decisionBy: string;
  reminders: unknown[];
  anomalies: Record<string, unknown>[];
  approvals: { required: number; policyVersion: number };
};

const ANN = 'ann.approver@shop.example';
const HOUR_MS = 3_600_000;

let stack: SharedStack;
let path: string;
let programId: string;

beforeAll(async () => {
  stack = await sharedLocalStack();
  programId = await aProgramme(stack.as('admin'));
  path = `/v1/programs/${programId}`;
  await stack.as('admin').put(`${path}/escalation-contact`, { email: null, approverEmails: [ANN] });
  await aPartner(stack.as('partner_manager'), programId, 'p1');
  await aSale(stack.as('merchant_key'), programId, 'o1', 10_000, { partnerId: 'p1' });
});

async function changePolicy(policy: object): Promise<{ status: number; body: Record<string, unknown> }> {
  const token = stack.endpoints.people.find(({ role }) => role === 'admin')?.token;
  const response = await fetch(new URL(`${path}/payout-policy`, stack.endpoints.apiUrl), {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(policy),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const mails = async (): Promise<string> => (await fetch(stack.endpoints.mailboxUrl)).text();
const problemOf = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => 'approved',
    (error: unknown) => (error instanceof ApiProblem ? [error.status, error.code, error.problem.reason] : error),
  );

describe('a run that is decided by the payout policy', () => {
  let run: Waiting;

  it('is refused a policy that contradicts itself, by the field and the rule', async () => {
    const { status, body } = await changePolicy({ payouts: { expiryHours: 24 } });
    expect([status, body.errors]).toEqual([
      422,
      [
        {
          pointer: '/payouts/expiryHours',
          rule: 'must be above 168, the last of the reminderHours; or send those too',
        },
      ],
    ]);
  });

  it('needs as many as its total asks for, says until when it waits, and shows who changed the policy', async () => {
    const requiredAbove = [
      { aboveMinor: 100, required: 1 },
      { aboveMinor: 1_000, required: 2 },
    ];
    const payouts = { requiredAbove, reminderHours: [1, 20], expiryHours: 24 };
    expect((await changePolicy({ approvals: { required: 1 }, payouts })).status).toBe(200);
    run = (await reviewedRun(stack, programId, '2026-01')) as Waiting;
    expect(run.approvals).toMatchObject({ required: 2, policyVersion: 1 });
    expect(run.reminders).toEqual([]);
    const waitMs = Date.parse(run.decisionBy) - Date.parse(run.openedAt);
    expect(waitMs).toBeGreaterThan(24 * HOUR_MS);
    expect(waitMs).toBeLessThan(25 * HOUR_MS);
    const controls = ['approvals.required', 'payouts.expiryHours', 'payouts.reminderHours', 'payouts.requiredAbove'];
    expect(run.anomalies).toContainEqual(expect.objectContaining({ kind: 'policy_changed', controls }));
  });

  it('is told to whom it concerns, once', async () => {
    await eventually(async () => expect(await mails()).toContain(ANN));
    expect((await mails()).split(ANN)).toHaveLength(2);
  });

  it('is not approved by who changed the policy, and is paid once two others have', async () => {
    const admin = problemOf(
      stack.as('admin').post(`${path}/payout-runs/${run.runId}/decisions`, {
        decision: 'approve',
        contentHash: run.contentHash,
      }),
    );
    expect(await admin).toEqual([403, 'approver_excluded', 'changed_policy']);
    // Whoever waits is not asked less, nor more, by what is changed meanwhile.
    expect((await changePolicy({ payouts: { alsoExcluded: ['created_an_api_key'], requiredAbove: [] } })).status).toBe(
      200,
    );
    await approveRun(stack.as('approver'), programId, run);
    await approveRun(stack.as('approver2'), programId, run);
    await waitForRun(stack.as('finance'), programId, run.runId, ['completed', 'completed_with_failures']);
  });

  it('is proved with the policy that held, and its opening is in the audit chain', async () => {
    const trail = await stack.as('finance').list<{ kind: string; subjectId: string }>(`${path}/audit-trail`);
    const kinds = trail.map(({ kind, subjectId }) => `${kind} ${subjectId}`);
    expect(kinds).toEqual(expect.arrayContaining([`run.opened ${run.runId}`, 'policy.changed 1', 'policy.changed 2']));
    const verify = join(import.meta.dirname, '../../infra/verify.ts');
    const proof = spawnSync(process.execPath, [verify, '--program', programId, '--data', stack.dataDir], {
      encoding: 'utf8',
    });
    expect(proof.stdout + proof.stderr).toContain('all equal');
  });
});
