import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { openapiDocument } from '#functions/console/openapi-document';
import { documents } from '#functions/runtime/dynamodb';
import { functionTable } from '#infra/functions';
import { makeSimulatePlan, SIMULATION_LIMITS, type SimulatePlanDeps } from '#shared/application/payouts/simulate-plan';
import type { ConversionFact, ReferralFacts } from '#shared/application/referral-facts';
import { simulatePlanRoute } from '#shared/contracts/payouts/simulate-plan';
import type { Period } from '#shared/domain/instant';
import type { PartnerTerms, Plan } from '#shared/domain/plan';
import { makeSimulationTally, monthsOf, underPlan } from '#shared/domain/simulation';
import { aClosingHalf, NO_FACTS } from '#test/support/builders/closing-half';
import { DECEMBER, FEBRUARY, instant, JANUARY } from '#test/support/builders/runs';

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
  const simulating = (over: Partial<SimulatePlanDeps> = {}) =>
    makeSimulatePlan({
      programs: half.programs,
      runs: half.money.runs,
      shards: half.money.shards,
      partners: half.terms,
      plans: { get: async (_programId, version) => PLANS.get(version) },
      facts,
      clock: Date.now,
      ...over,
    });
  return { half, close, simulating };
}
const ask = { programId: 'acme', planVersion: 2, from: JANUARY, to: JANUARY };
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
    expect(answer).toEqual({
      planVersion: 2,
      from: JANUARY,
      to: JANUARY,
      runIds: ['2026-01.1'],
      totals: [
        { currency: 'GBP', paidEarnedMinor: 2_000n, simulatedEarnedMinor: 3_000n, differenceMinor: 1_000n },
        { currency: 'USD', paidEarnedMinor: 33n, simulatedEarnedMinor: 50n, differenceMinor: 17n },
      ],
      items: [
        cost('p1', 'GBP', 1_000n, 1_500n),
        cost('p1', 'USD', 33n, 50n),
        cost('p2', 'GBP', 1_000n, 1_500n),
        cost('p3', 'GBP', 0n, 0n),
      ],
    });
  });

  it('adds the months up, each by its own statement', async () => {
    const { simulating, close } = await aProgramme([
      sale('o1'),
      sale('o2', { period: FEBRUARY, occurredAt: instant('2026-02-15T12:00:00Z'), amountMinor: 5n }),
    ]);
    await close(FEBRUARY);
    const { items, runIds } = await simulating()({ ...ask, to: FEBRUARY });
    // 5 at 10 % is 0, half to even; at 15 % it is 1.
    expect([items, runIds]).toEqual([[cost('p1', 'GBP', 1_000n, 1_501n)], ['2026-01.1', '2026-02.1']]);
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
    const { items, runIds } = await simulating()({ ...ask, from: FEBRUARY, to: FEBRUARY });
    expect([items, runIds]).toEqual([[cost('p1', 'GBP', 1_000n, 1_500n)], ['2026-02.2']]);
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

  it.each([
    ['facts', { facts: 1 }],
    ['statements', { statements: 1 }],
  ])('before it reads a fact when the months hold more %s than one answer can wait for', async (_what, limit) => {
    const { simulating } = await aProgramme(
      [sale('o1'), sale('o2', { occurredAt: instant('2026-01-16T00:00:00Z') })],
      [partner('p1'), partner('p2')],
    );
    const facts: ReferralFacts = {
      ...NO_FACTS,
      conversions: () => expect.unreachable('no fact is read'),
    };
    await expect(simulating({ facts, limits: { ...SIMULATION_LIMITS, ...limit } })({ ...ask })).rejects.toMatchObject({
      code: 'simulation_too_large',
      errors: [{ pointer: '/to' }],
    });
  });

  it('when its time is up, in the middle of a month: facts are taken as they come and never gathered', async () => {
    const { simulating } = await aProgramme([]);
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
    await expect(simulating({ facts, limits, clock: () => now })(ask)).rejects.toMatchObject({
      code: 'simulation_too_large',
      message: expect.stringContaining('20 seconds'),
    });
    expect(now).toBe(20_001);
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

describe('terms under another plan', () => {
  it('name it in every agreement and are otherwise the same', () => {
    const terms = partner('p1', '2026-02-01T00:00:00Z');
    const under = underPlan(terms, 7);
    expect(under).toEqual({ ...terms, agreements: [{ ...terms.agreements[0], planVersion: 7 }] });
  });
});

describe('a tally', () => {
  it('keeps a partner that only one side has, and parts adding up to the whole', () => {
    const tally = makeSimulationTally();
    tally.paid({ partnerId: 'b', currency: 'GBP', earnedMinor: 5n });
    tally.simulated({ partnerId: 'a', currency: 'GBP', earnedMinor: 7n });
    tally.simulated({ partnerId: 'a', currency: 'GBP', earnedMinor: 1n });
    expect(tally.items()).toEqual([cost('a', 'GBP', 0n, 8n), cost('b', 'GBP', 5n, 0n)]);
    expect(tally.totals()).toEqual([
      { currency: 'GBP', paidEarnedMinor: 5n, simulatedEarnedMinor: 8n, differenceMinor: 3n },
    ]);
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

  it('may write to no table and reads the other services through their contracts', () => {
    const { uses } = functionTable().find(({ name }) => name === 'simulate-plan')!;
    const tables = uses.flatMap((binding) => (binding.kind === 'table' ? [[binding.table, binding.access]] : []));
    expect(Object.fromEntries(tables)).toEqual({ money: 'read', partners: 'contract', referrals: 'contract' });
  });
});

describe('the function', () => {
  const dynamodb = mockClient(documents);
  let handler: (event: never, context: unknown) => Promise<{ statusCode: number; body: string }>;
  beforeAll(async () => {
    for (const table of ['MONEY_TABLE', 'PARTNERS_TABLE', 'REFERRALS_TABLE']) vi.stubEnv(table, table);
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
