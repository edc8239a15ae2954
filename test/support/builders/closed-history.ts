import { makeAdvancePayout } from '#shared/application/payouts/paying/advance-payout';
import { makePostStatements } from '#shared/application/payouts/paying/post-statements';
import type { KeptDecision } from '#shared/application/payouts/proof/verify-approvals';
import { makeVerifyProgram, type VerifyProgramDeps } from '#shared/application/payouts/proof/verify-program';
import type { ConversionFact, ReferralFacts, RefundFact } from '#shared/application/referral-facts';
import type { PayoutStep } from '#shared/domain/ledger/payout';
import type { Plan } from '#shared/domain/plan/plan';
import { type MerkleLeaf, merkleRoot } from '#shared/domain/run/merkle';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { runContent } from '#shared/domain/run/run-summary';
import { type Period, toInstant } from '#shared/domain/time/instant';
import { aClosingHalf, newHash } from '#test/support/builders/closing-half';
import { sha256 } from '#test/support/builders/payouts';
import { FEBRUARY, instant, JANUARY } from '#test/support/builders/runs';
import { aSale } from '#test/support/builders/sale-fact';
import { makeFakeBankReports } from '#test/support/fakes/bank-reports';
import { makeFakeInvoices } from '#test/support/fakes/invoices';
import { makeFakeLedger } from '#test/support/fakes/ledger';

const PLAN: Plan = {
  version: 1,
  components: [
    { kind: 'revenue_share', id: 'share', ratesByTier: { referral: 1000 } },
    { kind: 'fixed_fee', id: 'retainer', amountMinor: 500n },
  ],
};
const PROGRAM_ID = 'acme';
const since = instant('2026-01-01T00:00:00Z');
const partner = (partnerId: string) => ({
  partnerId,
  agreements: [{ from: since, planVersion: 1, sequence: 1 }],
  tiers: [{ from: since, tier: 'referral', sequence: 1 }],
});

function factsOf(sales: readonly ConversionFact[], refunds: readonly RefundFact[]): ReferralFacts {
  const own = <T extends { partnerId: string | undefined; period: Period }>(facts: readonly T[]) =>
    async function* (_programId: string, partnerId: string | undefined, period: Period): AsyncIterable<T> {
      yield* facts.filter((fact) => fact.partnerId === partnerId && fact.period === period);
    };
  return {
    conversions: (...wanted) => own(sales)(...wanted),
    refunds: (...wanted) => own(refunds)(...wanted),
    firstPurchases: async () => new Map(),
    order: async (_programId, orderId) => {
      const conversion = sales.find((sale) => sale.orderId === orderId);
      return conversion && { conversion, refunds: refunds.filter((refund) => refund.orderId === orderId) };
    },
  };
}

/**
 * January and February of two partners, closed, approved, posted and paid: sales, a late refund, an adjustment.
 * `waiting`: January's payout of p2 is paid by February's run instead of having come back. `reviewed: false`: as runs were summarised
 * before there were reviews.
 */
export async function aClosedHistory({ waiting = false, reviewed = true } = {}) {
  const sales = [
    aSale('o1'),
    aSale('o2', { occurredAt: instant('2026-01-16T12:00:00Z'), amountMinor: 25_050n }),
    aSale('o3', { partnerId: 'p2' }),
    aSale('o4', { occurredAt: instant('2026-02-10T12:00:00Z'), period: FEBRUARY }),
  ];
  const refunds: RefundFact[] = [
    {
      refundId: 'r1',
      orderId: 'o2',
      partnerId: 'p1',
      kind: 'refund',
      occurredAt: instant('2026-02-12T00:00:00Z'),
      period: FEBRUARY,
      amountMinor: 5_000n,
      currency: 'GBP',
      late: true,
    },
  ];
  const facts = factsOf(sales, refunds);
  const fake = makeFakeLedger();
  const { payouts } = fake;
  const half = aClosingHalf({
    partners: ['p1', 'p2'].map(partner),
    plans: new Map([[1, PLAN]]),
    facts,
    payouts,
    payees: { of: (id) => ({ payeeId: `${id}.enrolment`, rail: 'sandbox', changedAt: since }) },
  });
  await half.ready();
  const { runs, shards, waitingLists, statements, adjustments } = half.money;
  const clock = (): number => half.time.now;
  const post = makePostStatements({
    runs,
    shards,
    payees: { payeeOnRecord: async () => undefined },
    reviews: half.money.reviews,
    ledger: fake.ledger,
    invoices: makeFakeInvoices(),
    clock,
  });
  const advance = makeAdvancePayout({ ledger: fake.ledger, payouts: fake.payouts, clock });
  const decisions = new Map<string, KeptDecision[]>();

  const withoutReview = async (run: PayoutRun): Promise<PayoutRun> => {
    const leaves: MerkleLeaf[] = [];
    for await (const { statements: stated } of shards.results(PROGRAM_ID, run.runId)) {
      leaves.push(...stated.map(({ statementId, digest }) => ({ id: statementId, digest })));
    }
    const contentHash = sha256(runContent(run, run.totals, merkleRoot(leaves, sha256)));
    await runs.advance(PROGRAM_ID, run.runId, 'awaiting_decision', { contentHash, review: undefined });
    return { ...run, contentHash, review: undefined };
  };
  const close = async (period: Period, at: string): Promise<string> => {
    half.time.now = Date.parse(at);
    for (const id of ['p1', 'p2', 'p3']) half.balances.set(id, [...(await fake.balances.of(PROGRAM_ID, id))]);
    const run = await (reviewed ? half.toDecision(period) : withoutReview(await half.toDecision(period)));
    const contentHash = run.contentHash ?? '';
    half.time.now += 60_000;
    for (const by of ['person:a', 'person:b']) await half.approve(run, by);
    decisions.set(
      run.runId,
      ['person:a', 'person:b'].map((by) => ({
        by,
        at: toInstant(half.time.now),
        decision: 'approve',
        contentHash,
        holds: [],
      })),
    );
    half.time.now += 60_000;
    await post({ programId: PROGRAM_ID, runId: run.runId, shard: '000000' });
    await half.complete({ programId: PROGRAM_ID, runId: run.runId });
    return run.runId;
  };
  const pay = async (payoutId: string, ...steps: readonly PayoutStep[]): Promise<void> => {
    for (const step of steps) {
      half.time.now += 1_000;
      await advance((await fake.payouts.get(PROGRAM_ID, payoutId))!, step);
    }
  };
  const january = await close(JANUARY, '2026-02-01T08:00:00Z');
  const claim = { type: 'claim', rail: 'sandbox', runId: january } as const;
  await pay(`po~${january}~p1~GBP`, claim, { type: 'accepted' }, { type: 'settled' });
  if (!waiting) await pay(`po~${january}~p2~GBP`, claim, { type: 'accepted' }, { type: 'returned' });
  await half.adjust({
    programId: PROGRAM_ID,
    adjustmentId: 'a1',
    partnerId: 'p2',
    amountMinor: -300n,
    currency: 'GBP',
    occurredAt: instant('2026-02-05T00:00:00Z'),
    reason: 'overpaid',
    by: 'person:x',
  });
  const february = await close(FEBRUARY, '2026-03-01T08:00:00Z');
  if (waiting) await pay(`po~${january}~p2~GBP`, { ...claim, runId: february }, { type: 'accepted' });

  const partners = new Map(['p1', 'p2'].map((id) => [id, partner(id)]));
  const deps: VerifyProgramDeps = {
    programs: half.programs,
    runs,
    shards,
    waitingLists,
    reviews: half.money.reviews,
    holds: half.money.payoutHolds,
    statements,
    adjustments,
    facts,
    plans: { get: async () => PLAN },
    partners: {
      terms: async (_programId, id) => partners.get(id),
      listIds: async (_programId, { after }) => [...partners.keys()].filter((id) => after === undefined || id > after),
    },
    decisions: { ofRun: async (_programId, runId) => decisions.get(runId) ?? [] },
    controls: half.money.programs,
    also: { plans: half.money.plans, apiKeyMakers: { all: async () => half.apiKeyMakers } },
    railChanges: { all: async () => half.railChanges },
    tierSchemes: { since: async (_programId, since) => half.tierSchemeChanges.filter(({ at }) => at >= since) },
    roleChanges: { giversSince: async (_programId, since) => half.roleGivers.filter(({ at }) => at >= since) },
    payeeChanges: { since: async (_programId, since) => half.payeeChanges.filter(({ at }) => at >= since) },
    reattributors: {
      inPeriod: async (_programId, period) => half.reattributors.filter((made) => made.period === period),
    },
    journal: fake.journal,
    balances: fake.balances,
    payouts: fake.payouts,
    history: fake.history,
    resolutions: fake.resolutions,
    bankEntries: makeFakeBankReports().entries,
    digest: sha256,
    newHash,
    clock,
    isOutage: (error) => error instanceof TypeError,
  };
  return {
    sales,
    deps,
    /** Verifies with some of the stores seen otherwise than they were written. */
    verify: (changes: Partial<VerifyProgramDeps> = {}, period?: Period) =>
      makeVerifyProgram({ ...deps, ...changes })({ programId: PROGRAM_ID, period }),
  };
}
