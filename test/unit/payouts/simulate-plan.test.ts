import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { openapiDocument } from '#functions/console/openapi-document';
import { documents } from '#functions/runtime/dynamodb';
import { functionTable } from '#infra/functions';
import type { PlanDraft } from '#shared/application/payouts/plan-draft';
import {
  SIMULATION_LIMITS,
  type SimulatePlanDeps,
  type SimulationAsked,
} from '#shared/application/payouts/simulate-plan';
import { makeStartSimulation } from '#shared/application/payouts/start-simulation';
import type { ConversionFact, ReferralFacts } from '#shared/application/referral-facts';
import { simulatePlanRoute } from '#shared/contracts/payouts/simulate-plan';
import type { Period } from '#shared/domain/instant';
import type { PartnerTerms, Plan } from '#shared/domain/plan';
import { monthsOf } from '#shared/domain/simulation';
import { aClosingHalf, NO_FACTS } from '#test/support/builders/closing-half';
import { sha256 } from '#test/support/builders/payouts';
import { DECEMBER, FEBRUARY, instant, JANUARY } from '#test/support/builders/runs';
import { aSimulator } from '#test/support/builders/simulating';

const share = (version: number, rateBps: number): Plan => ({
  version,
  components: [{ kind: 'revenue_share', id: 'share', ratesByTier: { referral: rateBps } }],
});
const PLANS = new Map([share(1, 1000), share(2, 1500)].map((plan) => [plan.version, plan]));

const partner = (partnerId: string, endsAt?: string): PartnerTerms => ({
  partnerId,
  agreements: [
    { from: instant('2026-01-01T00:00:00Z'), endsAt: endsAt && instant(endsAt), planVersion: 1, sequence: 1 },
  ] as PartnerTerms['agreements'],
  tiers: [{ from: instant('2026-01-01T00:00:00Z'), tier: 'referral', sequence: 1 }],
});
const sale = (orderId: string, overrides: Partial<ConversionFact> = {}): ConversionFact => ({
  orderId,
  customerId: `customer-of-${orderId}`,
  partnerId: 'p1',
  occurredAt: instant('2026-01-15T12:00:00Z'),
  period: JANUARY,
  amountMinor: 10_000n,
  currency: 'GBP',
  nettedMinor: 0n,
  refundedMinor: 0n,
  ...overrides,
});
const aDraft = (components: PlanDraft['components']): PlanDraft => ({
  draftId: 'spring',
  name: 'Spring',
  components,
  revision: 1,
  status: 'open',
  createdBy: 'person:m',
  createdAt: instant('2026-02-01T00:00:00Z'),
  savedBy: 'person:m',
  savedAt: instant('2026-02-01T00:00:00Z'),
});
const factsOf = (sales: readonly ConversionFact[]): ReferralFacts => ({
  ...NO_FACTS,
  async *conversions(_programId, partnerId, period) {
    yield* sales.filter((fact) => fact.partnerId === partnerId && fact.period === period);
  },
});

/** January and February as told, January approved. */
async function aProgramme(sales: readonly ConversionFact[], partners: readonly PartnerTerms[] = [partner('p1')]) {
  const facts = factsOf(sales);
  const half = aClosingHalf({ partners, plans: PLANS, facts, now: '2026-03-01T08:00:00Z' });
  await half.ready();
  const close = async (period: Period): Promise<void> => {
    const run = await half.toDecision(period);
    await half.approve(run, 'person:a');
    await half.approve(run, 'person:b');
    await half.complete({ programId: 'acme', runId: run.runId });
  };
  await close(JANUARY);
  const simulator = aSimulator({ half, plans: PLANS, facts });
  const simulating =
    (over: Partial<SimulatePlanDeps> = {}) =>
    async (asked: SimulationAsked) => {
      const { simulation, result } = await simulator.ask(asked, over);
      if (!result) throw new Error(`it goes on by itself: ${simulation.status}`);
      return result;
    };
  return { half, close, simulator, simulating };
}
const ask = { planVersion: 2, from: JANUARY, to: JANUARY };
const cost = (partnerId: string, currency: string, paidEarnedMinor: bigint, simulatedEarnedMinor: bigint) => ({
  partnerId,
  currency,
  paidEarnedMinor,
  simulatedEarnedMinor,
  differenceMinor: simulatedEarnedMinor - paidEarnedMinor,
});

describe('simulating a plan', () => {
  it('answers each partner and currency, the totals, and the runs it was compared with', async () => {
    const { simulating } = await aProgramme(
      [
        sale('o1', { partnerId: 'p2' }),
        sale('o2', { partnerId: 'p1', currency: 'USD', amountMinor: 333n }),
        sale('o3', { partnerId: 'p1', occurredAt: instant('2026-01-16T00:00:00Z') }),
      ],
      [partner('p1'), partner('p2'), partner('p3')],
    );
    const answer = await simulating()(ask);
    const ranked = (...row: Parameters<typeof cost>) => ({ ...cost(...row), changeBps: expect.any(BigInt) });
    expect(answer).toMatchObject({
      plan: { kind: 'published', planVersion: 2 },
      from: JANUARY,
      to: JANUARY,
      months: [{ period: JANUARY, runId: '2026-01.1' }],
      totals: [
        {
          currency: 'GBP',
          paidEarnedMinor: 2_000n,
          simulatedEarnedMinor: 3_000n,
          differenceMinor: 1_000n,
          better: 2,
          worse: 0,
          same: 1,
        },
        {
          currency: 'USD',
          paidEarnedMinor: 33n,
          simulatedEarnedMinor: 50n,
          differenceMinor: 17n,
          better: 1,
          worse: 0,
          same: 0,
        },
      ],
      items: [
        cost('p1', 'GBP', 1_000n, 1_500n),
        cost('p1', 'USD', 33n, 50n),
        cost('p2', 'GBP', 1_000n, 1_500n),
        cost('p3', 'GBP', 0n, 0n),
      ],
      winners: [
        ranked('p1', 'GBP', 1_000n, 1_500n),
        ranked('p2', 'GBP', 1_000n, 1_500n),
        ranked('p1', 'USD', 33n, 50n),
      ],
      losers: [],
      mismatches: [],
    });
  });

  it('adds the months up, each by its own statement', async () => {
    const { simulating, close } = await aProgramme([
      sale('o1'),
      sale('o2', { period: FEBRUARY, occurredAt: instant('2026-02-15T12:00:00Z'), amountMinor: 5n }),
    ]);
    await close(FEBRUARY);
    const { items, months } = await simulating()({ ...ask, to: FEBRUARY });
    // 5 at 10 % is 0, half to even; at 15 % it is 1.
    expect(items).toEqual([cost('p1', 'GBP', 1_000n, 1_501n)]);
    expect(months.map(({ runId }) => runId)).toEqual(['2026-01.1', '2026-02.1']);
  });

  it('leaves the gaps between agreements unpaid', async () => {
    const sales = [sale('o1'), sale('o2', { occurredAt: instant('2026-01-20T12:00:00Z') })];
    const { simulating } = await aProgramme(sales, [partner('p1', '2026-01-18T00:00:00Z')]);
    expect((await simulating()(ask)).items).toEqual([cost('p1', 'GBP', 1_000n, 1_500n)]);
  });

  it('compares with the attempt that was approved, not with one that was rejected', async () => {
    const sales = [sale('o1')];
    const { half, simulating, close } = await aProgramme(sales);
    const run = await half.toDecision(FEBRUARY);
    const contentHash = run.contentHash!;
    await half.decide({
      programId: 'acme',
      runId: run.runId,
      by: 'person:a',
      requestId: 'no',
      decision: 'reject',
      contentHash,
      comment: 'a sale is missing',
    });
    sales.push(sale('o2', { period: FEBRUARY, occurredAt: instant('2026-02-15T12:00:00Z') }));
    half.time.now += 1;
    await close(FEBRUARY);
    const { items, months } = await simulating()({ ...ask, from: FEBRUARY, to: FEBRUARY });
    expect(items).toEqual([cost('p1', 'GBP', 1_000n, 1_500n)]);
    expect(months).toEqual([{ period: FEBRUARY, runId: '2026-02.2' }]);
  });
});

describe('a simulation is refused', () => {
  it('for a plan version that was never published', async () => {
    const { simulating } = await aProgramme([]);
    await expect(simulating()({ ...ask, planVersion: 3 })).rejects.toMatchObject({
      code: 'unknown_plan_version',
      errors: [{ pointer: '/planVersion' }],
    });
  });

  it.each([
    ['before the books opened', DECEMBER, JANUARY, DECEMBER, '/from'],
    ['that is not closed', JANUARY, FEBRUARY, FEBRUARY, '/to'],
  ])('over a month %s, which it names', async (_why, from, to, period, pointer) => {
    const { simulating } = await aProgramme([]);
    await expect(simulating()({ ...ask, from, to })).rejects.toMatchObject({
      code: 'period_not_closed',
      errors: [{ pointer }],
      extra: { period },
    });
  });

  it('over a month whose run awaits its decision: a draft may still change', async () => {
    const { half, simulating } = await aProgramme([]);
    await half.toDecision(FEBRUARY);
    await expect(simulating()({ ...ask, to: FEBRUARY })).rejects.toMatchObject({ code: 'period_not_closed' });
  });
});

describe('a simulation that no answer waits for', () => {
  it.each([
    ['facts', { facts: 1 }],
    ['statements', { statements: 1 }],
  ])('goes on by itself before it reads a fact when the months hold more %s', async (_what, limit) => {
    const { simulator } = await aProgramme(
      [sale('o1'), sale('o2', { occurredAt: instant('2026-01-16T00:00:00Z') })],
      [partner('p1'), partner('p2')],
    );
    const facts: ReferralFacts = {
      ...NO_FACTS,
      conversions: () => expect.unreachable('no fact is read'),
    };
    const { simulation, result } = await simulator.ask(
      ask,
      { facts, limits: { ...SIMULATION_LIMITS, ...limit } },
      'big',
    );
    expect([simulation.status, result]).toEqual(['running', undefined]);

    await simulator.goOn('big');
    const done = await simulator.read({ programId: 'acme', simulationId: 'big' });
    const atOnce = await simulator.ask(ask);
    expect(done.simulation).toMatchObject({ status: 'done', facts: 2, finishedAt: expect.any(String) });
    expect(done.progress).toEqual({ shardsDone: 1, factsDone: 2 });
    expect(done.result).toEqual({ ...atOnce.result, simulationId: 'big' });
  });

  it('goes on by itself when its time is up, in the middle of a month: facts are taken as they come', async () => {
    const { simulator } = await aProgramme([]);
    let now = 0;
    const facts: ReferralFacts = {
      ...NO_FACTS,
      async *conversions() {
        for (let second = 0; ; second += 1) {
          now += 1;
          yield sale(`o${String(second).padStart(6, '0')}`);
        }
      },
    };
    const limits = { ...SIMULATION_LIMITS, seconds: 20 };
    const { simulation } = await simulator.ask(ask, { facts, limits, clock: () => now });
    expect(simulation.status).toBe('running');
    expect(now).toBe(20_001);
  });

  it('goes on by itself when that is asked for, however small it is', async () => {
    const { simulator } = await aProgramme([sale('o1')]);
    const { simulation } = await simulator.ask({ ...ask, background: true }, {}, 'small');
    expect(simulation.status).toBe('running');
    await simulator.goOn('small');
    const { result } = await simulator.read({ programId: 'acme', simulationId: 'small' });
    expect(result?.items).toEqual([cost('p1', 'GBP', 1_000n, 1_500n)]);
  });

  it('may be repeated at every step, and its shards are those of the first try', async () => {
    const { half, simulator } = await aProgramme([sale('o1')]);
    const limits = { ...SIMULATION_LIMITS, facts: 0 };
    await simulator.ask(ask, { limits }, 'big');
    const id = { programId: 'acme', simulationId: 'big' };
    const { shards } = await simulator.plan(id);
    expect(await simulator.plan(id)).toEqual({ shards });
    for (const shard of [...shards, ...shards]) await simulator.shard({ ...id, shard });
    await simulator.finish(id);
    half.time.now += 60_000;
    const first = await simulator.read(id);
    await simulator.finish(id);
    await simulator.finish({ ...id, failure: { code: 'late', reason: 'a retry' } });
    expect(await simulator.read(id)).toEqual(first);
    expect(first.progress.shardsDone).toBe(shards.length);
    await expect(simulator.shard({ ...id, shard: shards[0]! })).rejects.toThrow('done, not running');
    expect(await simulator.plan(id)).toEqual({ shards: [] });
  });

  it('ends with its reason when a step failed', async () => {
    const { simulator } = await aProgramme([sale('o1')]);
    await simulator.ask(ask, { limits: { ...SIMULATION_LIMITS, facts: 0 } }, 'big');
    const id = { programId: 'acme', simulationId: 'big' };
    const failure = { code: 'States.Timeout', reason: 'a shard took too long' };
    await simulator.finish({ ...id, failure });
    expect(await simulator.read(id)).toMatchObject({ simulation: { status: 'failed', failure }, result: undefined });
  });

  it('is started once under a name that follows from it', async () => {
    const started: [string, object][] = [];
    const start = makeStartSimulation({ start: async (...call) => void started.push(call), digest: sha256 });
    for (let delivery = 0; delivery < 2; delivery += 1) await start({ programId: 'acme:uk', simulationId: 's1' });
    expect(started[0]).toEqual(started[1]);
    expect(started[0]).toEqual([
      expect.stringMatching(/^simulation-[0-9a-f]{32}$/),
      { programId: 'acme:uk', simulationId: 's1' },
    ]);
  });
});

describe('the same Idempotency-Key', () => {
  it('is the same simulation, also when the draft changed since', async () => {
    const { simulator } = await aProgramme([sale('o1')]);
    const draft = aDraft([{ kind: 'revenue_share', id: 'share', ratesByTier: { referral: 2000 } }]);
    await simulator.drafts.save('acme', draft);
    const asked = { draftId: 'spring', from: JANUARY, to: JANUARY };
    const first = await simulator.ask(asked, {}, 'key');
    expect(first.result?.items).toEqual([cost('p1', 'GBP', 1_000n, 2_000n)]);
    await simulator.drafts.save('acme', { ...draft, revision: 2, components: [] });
    expect(await simulator.ask(asked, {}, 'key')).toEqual(first);
    await expect(simulator.ask({ ...asked, to: FEBRUARY }, {}, 'key')).rejects.toMatchObject({
      code: 'idempotency_key_reused',
      errors: [{ pointer: 'header:Idempotency-Key' }],
    });
  });

  it('answers both of two requests at once with what the first stored', async () => {
    const { simulator } = await aProgramme([sale('o1')]);
    const [one, other] = await Promise.all([simulator.ask(ask, {}, 'key'), simulator.ask(ask, {}, 'key')]);
    expect(one).toEqual(other);
    expect([...simulator.stored.keys()].filter((key) => key.includes('/result-'))).toHaveLength(1);
  });

  it('shows how far one is that goes on by itself', async () => {
    const { simulator } = await aProgramme([sale('o1')]);
    const over = { limits: { ...SIMULATION_LIMITS, facts: 0 } };
    await simulator.ask(ask, over, 'key');
    expect((await simulator.ask(ask, over, 'key')).simulation.status).toBe('running');
    await simulator.goOn('key');
    expect((await simulator.ask(ask, over, 'key')).result?.items).toEqual([cost('p1', 'GBP', 1_000n, 1_500n)]);
  });
});

describe('a draft', () => {
  const asked = { draftId: 'spring', from: JANUARY, to: JANUARY };

  it('is simulated as it is at its revision', async () => {
    const { simulator } = await aProgramme([sale('o1')]);
    await simulator.drafts.save('acme', aDraft([{ kind: 'fixed_fee', id: 'fee', amountMinor: 700 }]));
    const { result } = await simulator.ask({ ...asked, revision: 1 });
    expect(result).toMatchObject({
      plan: { kind: 'draft', draftId: 'spring', revision: 1 },
      items: [cost('p1', 'GBP', 1_000n, 700n)],
    });
  });

  it.each([
    ['that is not there', { draftId: 'none' }, { code: 'unknown_plan_draft', errors: [{ pointer: '/draftId' }] }],
    ['at another revision', { revision: 2 }, { code: 'plan_draft_changed', extra: { current: { revision: 1 } } }],
    ['that breaks rules', {}, { code: 'plan_invalid', extra: { brokenRules: [{ pointer: '/components' }] } }],
  ])('%s is refused', async (_what, change, refusal) => {
    const { simulator } = await aProgramme([sale('o1')]);
    await simulator.drafts.save('acme', aDraft([]));
    await expect(simulator.ask({ ...asked, ...change })).rejects.toMatchObject(refusal);
  });
});

describe('partners on different plans', () => {
  const onTwo = { ...partner('p2'), agreements: [{ ...partner('p2').agreements[0]!, planVersion: 2 }] };
  const onOwn = {
    ...partner('p3'),
    agreements: [{ ...partner('p3').agreements[0]!, planVersion: 1_000_002, components: share(1, 3000).components }],
  };
  const sales = ['p1', 'p2', 'p3'].map((partnerId) => sale(`o-${partnerId}`, { partnerId }));

  it('differ by nothing under the terms in force, custom ones among them', async () => {
    const { simulating } = await aProgramme(sales, [partner('p1'), onTwo, onOwn]);
    const { items, mismatches } = await simulating()({ ...ask, planVersion: 'in_force' });
    expect(items).toEqual([
      cost('p1', 'GBP', 1_000n, 1_000n),
      cost('p2', 'GBP', 1_500n, 1_500n),
      cost('p3', 'GBP', 3_000n, 3_000n),
    ]);
    expect(mismatches).toEqual([]);
  });

  it('all get the simulated plan, custom terms too, or only those on the versions that it replaces', async () => {
    const { simulating } = await aProgramme(sales, [partner('p1'), onTwo, onOwn]);
    const simulated = async (replaces?: number[]) =>
      (await simulating()({ ...ask, replaces })).items.map(({ simulatedEarnedMinor }) => simulatedEarnedMinor);
    expect(await simulated()).toEqual([1_500n, 1_500n, 1_500n]);
    expect(await simulated([1])).toEqual([1_500n, 1_500n, 3_000n]);
    expect(await simulated([1_000_002])).toEqual([1_000n, 1_500n, 1_500n]);
  });
});

describe('months without an approved run', () => {
  const february = sale('o2', { period: FEBRUARY, occurredAt: instant('2026-02-15T12:00:00Z') });

  it('are estimated beside the terms in force, when that is asked for', async () => {
    const { simulating } = await aProgramme([sale('o1'), february], [partner('p1'), partner('p2')]);
    const { items, months } = await simulating()({ ...ask, to: FEBRUARY, estimate: true });
    expect(items).toEqual([cost('p1', 'GBP', 2_000n, 3_000n), cost('p2', 'GBP', 0n, 0n)]);
    expect(months).toEqual([{ period: JANUARY, runId: '2026-01.1' }, { period: FEBRUARY }]);
  });

  it.each([
    ['before the books opened', DECEMBER, JANUARY, '/from'],
    ['in the future', JANUARY, '2026-04' as Period, '/to'],
  ])('are refused %s even so', async (_why, from, to, pointer) => {
    const { simulating } = await aProgramme([]);
    await expect(simulating()({ ...ask, from, to, estimate: true })).rejects.toMatchObject({
      code: 'period_not_closed',
      errors: [{ pointer }],
    });
  });
});

describe('a closed month whose facts are not what they were', () => {
  it('is named: its difference is not the plan', async () => {
    const sales = [sale('o1')];
    const { simulating } = await aProgramme(sales);
    sales[0] = sale('o1', { amountMinor: 20_000n });
    const { mismatches } = await simulating()({ ...ask, planVersion: 'in_force' });
    expect(mismatches).toEqual([{ partnerId: 'p1', period: JANUARY, currency: 'GBP' }]);
  });
});

describe('the months of a simulation', () => {
  it('run from the first to the last over the turn of a year', () => {
    expect(monthsOf('2025-11' as Period, JANUARY)).toEqual(['2025-11', DECEMBER, JANUARY]);
  });

  it('are none when the last is before the first, and are not walked beyond the limit', () => {
    expect(monthsOf(JANUARY, DECEMBER)).toEqual([]);
    expect(monthsOf('1980-01' as Period, '2099-12' as Period)).toHaveLength(25);
  });
});

describe('POST simulations', () => {
  const { body, access } = simulatePlanRoute;
  const sent = { planVersion: 1, from: '2025-01', to: '2026-12' };
  const problemsOf = (change: object): unknown =>
    body.safeParse({ ...sent, ...change }).error?.issues.map(({ path, message }) => [path.join('/'), message]);

  it('takes two years and no month more', () => {
    expect(body.parse(sent)).toEqual(sent);
    expect(problemsOf({ to: '2027-01' })).toEqual([['to', 'must be at most 24 months from the first to the last']]);
  });

  it('takes one month, but none that ends before it starts', () => {
    expect(problemsOf({ to: '2025-01' })).toBeUndefined();
    expect(problemsOf({ to: '2024-12' })).toEqual([['to', 'must not be before from']]);
  });

  it.each([
    ['planVersion', { planVersion: 0 }],
    ['planVersion', { planVersion: '1' }],
    ['from', { from: '2025-13' }],
    ['from', { from: undefined }],
    ['to', { to: '2025-01-31' }],
    ['planVersion', { planVersion: 'latest' }],
    ['planVersion', { planVersion: undefined }],
    ['planVersion', { draftId: 'spring' }],
    ['revision', { revision: 3 }],
    ['replaces', { planVersion: 'in_force', replaces: [1] }],
    ['replaces', { replaces: [] }],
    ['', { partnerId: 'p1' }],
  ])('names %s when it breaks a rule: %o', (path, change) => {
    expect(problemsOf(change)).toEqual([[path, expect.any(String)]]);
  });

  it('is for those who make plans and those who pay for them', () => {
    expect([...access].sort()).toEqual(['admin', 'finance', 'partner_manager']);
  });

  it('is described with what it answers', () => {
    const { paths } = openapiDocument() as { paths: Record<string, Record<string, unknown>> };
    expect(paths['/v1/programs/{programId}/simulations']?.post).toMatchObject({
      operationId: 'simulate-plan',
      responses: {
        200: { content: { 'application/json': { schema: { required: expect.arrayContaining(['items']) } } } },
      },
    });
  });

  it('writes what was asked to its own table alone and reads the other services through their contracts', () => {
    const { uses } = functionTable().find(({ name }) => name === 'simulate-plan')!;
    const tables = uses.flatMap((binding) => (binding.kind === 'table' ? [[binding.table, binding.access]] : []));
    expect(Object.fromEntries(tables)).toEqual({ money: 'write', partners: 'contract', referrals: 'contract' });
  });
});

describe('the function', () => {
  const dynamodb = mockClient(documents);
  let handler: (event: never, context: unknown) => Promise<{ statusCode: number; body: string }>;
  beforeAll(async () => {
    // As every test of a function names them: the modules that read them are shared by the files of a worker.
    vi.stubEnv('MONEY_TABLE', 'Money');
    vi.stubEnv('PARTNERS_TABLE', 'Partners');
    vi.stubEnv('REFERRALS_TABLE', 'Referrals');
    vi.stubEnv('DOCUMENTS_BUCKET', 'documents');
    vi.stubEnv('CONFIG_TTL_SECONDS', '0');
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    handler = (await import('#functions/payouts/simulate-plan')).handler as never;
  });

  it('answers 404 for another programme, and stores nothing under the Idempotency-Key', async () => {
    dynamodb.on(GetCommand).resolves({});
    const principal = JSON.stringify({ kind: 'person', id: 'x', grants: [{ programId: 'acme', role: 'finance' }] });
    const event = {
      pathParameters: { programId: 'acme' },
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k1' },
      requestContext: { authorizer: { lambda: { principal } } },
      body: JSON.stringify({ planVersion: 1, from: '2026-01', to: '2026-01' }),
    };
    const { statusCode, body } = await handler(event as never, {});
    expect([statusCode, JSON.parse(body)]).toMatchObject([404, { code: 'unknown_program' }]);
    expect(dynamodb.calls().map(({ args }) => args[0].constructor.name)).toEqual(['GetCommand']);
  });
});
