import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#test/support/eventually';
import { type LocalStack, startLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme, aSale, closePeriod } from '#test/support/programme';

type Result = {
  simulationId: string;
  status: string;
  estimate: boolean;
  totals: Record<string, unknown>[];
  items: Record<string, unknown>[];
  bracketChanges: Record<string, unknown>[];
  tierChanges: Record<string, unknown>[];
  mismatches: unknown[];
};
type Status = Omit<Result, 'items'> & { progress: { shardsDone: number }; result?: Result };

const GROWTH = {
  kind: 'revenue_share',
  id: 'growth',
  mode: 'graduated',
  metric: 'revenue',
  brackets: [
    { upTo: 10_000, rateBps: 500 },
    { upTo: null, rateBps: 1_000 },
  ],
};

let stack: LocalStack;
let programId: string;
let path: string;

beforeAll(async () => {
  stack = await startLocalStack();
  programId = await aProgramme(stack.as('admin'), {}, { version: 1, components: [GROWTH] });
  path = `/v1/programs/${programId}`;
  const manager = stack.as('partner_manager');
  await manager.post(`${path}/plans`, {
    version: 2,
    components: [{ kind: 'revenue_share', id: 'share', ratesByTier: { referral: 1000 } }],
  });
  await aPartner(manager, programId, 'grower');
  await aPartner(manager, programId, 'sharer', { planVersion: 2 });
  await aSale(stack.as('merchant_key'), programId, 'o1', 25_000, { partnerId: 'grower' });
  await aSale(stack.as('merchant_key'), programId, 'o2', 10_000, { partnerId: 'sharer' });
  await closePeriod(stack, programId, '2026-01');
});
afterAll(() => stack?.stop());

const save = async (draftId: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await fetch(new URL(`${path}/plan-drafts/${draftId}`, stack.endpoints.apiUrl), {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${stack.endpoints.people.find(({ role }) => role === 'partner_manager')!.token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const january = { from: '2026-01', to: '2026-01' };

describe('from a draft to a published plan', () => {
  it('is saved half typed, named rule by rule, simulated once it is sound, and published from the screen', async () => {
    const manager = stack.as('partner_manager');
    const half = await save('spring', { name: 'Spring', components: [{ kind: 'revenue_share', id: 'growth' }] });
    expect([half.status, half.body.brokenRules]).toEqual([
      201,
      [expect.objectContaining({ pointer: '/components/0/ratesByTier' })],
    ]);
    const brackets = [
      { upTo: 50_000, rateBps: 600 },
      { upTo: null, rateBps: 1_200 },
    ];
    const components = [{ ...GROWTH, brackets }];
    expect(await manager.post(`${path}/plan-validations`, { components })).toEqual({ brokenRules: [] });
    expect((await save('spring', { name: 'Spring', components, revision: 1 })).body).toMatchObject({ revision: 2 });
    expect((await save('spring', { name: 'Late', components: [], revision: 1 })).status).toBe(409);

    const result = await manager.post<Result>(`${path}/simulations`, { draftId: 'spring', revision: 2, ...january });
    expect(result).toMatchObject({
      status: 'done',
      estimate: false,
      mismatches: [],
      // 5 % of 100.00 and 10 % of 150.00 were paid, and 10 % of 100.00; the draft pays 6 % of all.
      totals: [
        { paidEarnedMinor: 3_000, simulatedEarnedMinor: 2_100, differenceMinor: -900, better: 0, worse: 2, same: 0 },
      ],
      bracketChanges: [
        { partnerId: 'grower', used: { bracket: 2, rateBps: 1_000 }, simulated: { bracket: 1, rateBps: 600 } },
        { partnerId: 'sharer', simulated: { bracket: 1 } },
      ],
      tierChanges: [{ partnerId: 'sharer', tier: 'referral', effect: 'no_longer_paid' }],
    });
    const onlyGrowers = { draftId: 'spring', replaces: [1], ...january };
    expect((await manager.post<Result>(`${path}/simulations`, onlyGrowers)).totals).toMatchObject([
      { differenceMinor: -500, worse: 1, same: 1 },
    ]);

    const publish = { version: 3, revision: 2 };
    const plan = await manager.post(`${path}/plan-drafts/spring/publish`, publish);
    expect(await manager.post(`${path}/plan-drafts/spring/publish`, publish)).toEqual(plan);
    const drafts = await manager.list(`${path}/plan-drafts`);
    expect(drafts).toMatchObject([{ draftId: 'spring', status: 'published', publishedVersion: 3, brokenRules: 0 }]);
  });
});

describe('a simulation', () => {
  it('of the plans that were used differs by nothing, and goes on through a power cut when it is in the background', async () => {
    const finance = stack.as('finance');
    const asked = { planVersion: 'in_force', ...january, background: true };
    const key = { idempotencyKey: 'used' };
    const started = await finance.post<Status>(`${path}/simulations`, asked, key);
    expect(started.status).toBe('running');
    await stack.kill();
    await stack.restart();
    const again = stack.as('finance');
    const done = await eventually(async () => {
      const status = await again.get<Status>(`${path}/simulations/${started.simulationId}`);
      expect(status).toMatchObject({ status: 'done', progress: { shards: 1, shardsDone: 1, conversionsDone: 2 } });
      return status;
    });
    expect(done.result).toMatchObject({
      mismatches: [],
      bracketChanges: [],
      totals: [{ paidEarnedMinor: 3_000, simulatedEarnedMinor: 3_000, same: 2 }],
    });
    expect(await again.post<Result>(`${path}/simulations`, asked, key)).toEqual({ ...done.result, status: 'done' });
    await expect(again.post(`${path}/simulations`, { ...asked, planVersion: 1 }, key)).rejects.toMatchObject({
      status: 422,
      code: 'idempotency_key_reused',
    });
  });

  it('names the month that is not closed, and estimates it when that is asked for', async () => {
    const finance = stack.as('finance');
    const asked = { planVersion: 2, from: '2026-01', to: '2026-02' };
    await expect(finance.post(`${path}/simulations`, asked)).rejects.toMatchObject({ code: 'period_not_closed' });
    const estimate = await finance.post<Result>(`${path}/simulations`, { ...asked, estimate: true });
    expect(estimate).toMatchObject({
      estimate: true,
      replacesCustomTerms: true,
      totals: [{ paidEarnedMinor: 3_000, estimatedEarnedMinor: 0, simulatedEarnedMinor: 3_500, differenceMinor: 500 }],
    });
  });
});
