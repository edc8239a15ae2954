import { beforeAll, expect, it } from 'vitest';
import type { ApiProblem } from '#infra/api-client';
import { approveRun, waitForRun } from '#infra/local/demo/runs';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme, aSale, reviewedRun } from '#test/support/programme';

type Row = { partnerId: string; outcome: string; flags: string[] };

let stack: SharedStack;
let path: string;
let programId: string;

beforeAll(async () => {
  stack = await sharedLocalStack();
  programId = await aProgramme(stack.as('admin'));
  path = `/v1/programs/${programId}`;
  const payee = { rail: 'sandbox', name: 'somebody', behaviour: 'settle' };
  for (const id of ['p1', 'p2']) await aPartner(stack.as('partner_manager'), programId, id, { payee });
  await aPartner(stack.as('partner_manager'), programId, 'p3', { payee: undefined });
  for (const id of ['p1', 'p2', 'p3']) {
    await aSale(stack.as('merchant_key'), programId, `of-${id}`, 10_000, { partnerId: id });
  }
});

const hold = (who: Parameters<SharedStack['as']>[0], partnerId: string): Promise<{ holdId: string }> =>
  stack.as(who).post(`${path}/partners/${partnerId}/payout-holds`, { reason: 'The bank asked about this account.' });
const rowsOf = (runId: string, query = ''): Promise<Row[]> =>
  stack.as('approver').list(`${path}/payout-runs/${runId}/review/partners${query}`);
const payouts = async (): Promise<readonly string[]> =>
  (await stack.as('finance').list<Record<string, string>>(`${path}/payouts`))
    .map(({ partnerId, status, blockedReason }) => [partnerId, status, blockedReason].filter(Boolean).join(' '))
    .sort();
const codeOf = async (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'none',
    (error: unknown) => (error as ApiProblem).code,
  );

it('shows what a run would pay and why it leaves partners out, keeps a hold, and pays what was seen', async () => {
  expect(await codeOf(hold('admin_key', 'p2'))).toBe('person_required');
  const { holdId } = await hold('finance', 'p2');
  const run = await reviewedRun(stack, programId, '2026-01');
  const review = await stack.as('approver').get<Record<string, unknown>>(`${path}/payout-runs/${run.runId}/review`);
  expect(review).toMatchObject({
    contentHash: run.contentHash,
    currencies: [
      {
        currency: 'GBP',
        count: 3,
        payouts: 1,
        payMinor: 1_500,
        dueMinor: 4_500,
        outcomes: [
          { outcome: 'pay', count: 1, dueMinor: 1_500 },
          { outcome: 'held', count: 1, dueMinor: 1_500 },
          { outcome: 'payee_incomplete', count: 1, dueMinor: 1_500 },
        ],
        largest: [{ partnerId: 'p1', payMinor: 1_500 }],
      },
    ],
  });
  const rows = await rowsOf(run.runId, '?limit=2');
  expect(rows.map(({ partnerId, outcome, flags }) => [partnerId, outcome, ...flags])).toEqual([
    ['p1', 'pay', 'new_payee'],
    ['p2', 'held', 'new_payee', 'standing_hold'],
    ['p3', 'payee_incomplete'],
  ]);
  expect(await rowsOf(run.runId, '?flag=standing_hold&currency=GBP')).toHaveLength(1);

  // Neither a release nor another hold changes what was approved.
  await stack
    .as('finance')
    .post(`${path}/partners/p2/payout-holds/${holdId}/release`, { reason: 'The bank has its answer.' });
  await approveRun(stack.as('approver'), programId, run);
  await approveRun(stack.as('approver2'), programId, run);
  await waitForRun(stack.as('finance'), programId, run.runId, ['completed']);
  expect((await payouts()).map((text) => text.replace('settled', 'submitted'))).toEqual([
    'p1 submitted',
    'p2 created held',
    'p3 created payee_incomplete',
  ]);
  expect(await stack.as('finance').get(`${path}/payout-runs/${run.runId}/review`)).toEqual(review);
  expect(await codeOf(stack.as('finance').get(`${path}/payout-runs/2026-02.1/review`))).toBe('not_found');
  expect(await stack.as('finance').list(`${path}/payout-holds?state=in_force`)).toEqual([]);
  expect(await stack.as('finance').list(`${path}/payout-holds?partnerId=p2`)).toMatchObject([
    { partnerId: 'p2', release: { reason: 'The bank has its answer.' } },
  ]);
});
