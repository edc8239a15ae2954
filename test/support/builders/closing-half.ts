import { createHash } from 'node:crypto';
import { timeZoneOf } from '#shared/adapters/time-zones';
import type { ApiKeyMaker } from '#shared/application/api-key-makers';
import type { HeldSale } from '#shared/application/held-sales';
import type { PayeeOnRecord } from '#shared/application/partner-terms';
import type { RoleGiver } from '#shared/application/partners/people/people-ports';
import type { TierSchemeChanges } from '#shared/application/partners/tiers/tier-schemes';
import type { PayeeChange } from '#shared/application/payee-changes';
import { makeDecideAdjustment } from '#shared/application/payouts/adjustments/decide-adjustment';
import { makeRecordAdjustment } from '#shared/application/payouts/adjustments/record-adjustment';
import { makeWriteOffBalance } from '#shared/application/payouts/adjustments/write-off-balance';
import type { Balance, Balances, Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import { makePublishPlan } from '#shared/application/payouts/plans/publish-plan';
import { makeChangeControls } from '#shared/application/payouts/programs/change-controls';
import { makeChangePayoutPolicy } from '#shared/application/payouts/programs/change-payout-policy';
import { makeChangeSettings } from '#shared/application/payouts/programs/change-settings';
import type { RailChange } from '#shared/application/payouts/rails/rail-setup';
import { makeCheckPartners } from '#shared/application/payouts/runs/check-partners';
import { makeCompletePayoutRun } from '#shared/application/payouts/runs/complete-payout-run';
import { makeDecidePayoutRun } from '#shared/application/payouts/runs/decide-payout-run';
import { makeOpenPayoutRun } from '#shared/application/payouts/runs/open-payout-run';
import { makePlanPayoutRun } from '#shared/application/payouts/runs/plan-payout-run';
import { makeRemindApprovers } from '#shared/application/payouts/runs/remind-approvers';
import { makeRequestDecision } from '#shared/application/payouts/runs/request-decision';
import { makeBuildReview } from '#shared/application/payouts/runs/review/build-review';
import { makeFindWarnings } from '#shared/application/payouts/runs/run-warnings';
import { makeSummarisePayoutRun } from '#shared/application/payouts/runs/summarise-payout-run';
import { makeVoidPayoutRun } from '#shared/application/payouts/runs/void-payout-run';
import { makeFindWaiting } from '#shared/application/payouts/runs/waiting-lists';
import { makeYourDecision } from '#shared/application/payouts/runs/weigh-run-decision';
import { makeComputeStatements } from '#shared/application/payouts/statements/compute-statements';
import { makeListStatementLines } from '#shared/application/payouts/statements/list-statement-lines';
import { makeListStatements } from '#shared/application/payouts/statements/list-statements';
import { makeRecountFacts } from '#shared/application/payouts/statements/recount-facts';
import type { RunningHash } from '#shared/application/payouts/statements/statement-draft';
import type { Program } from '#shared/application/programs';
import type { Reattributor, ReattributorsReader } from '#shared/application/reattributors';
import type { ReferralFacts } from '#shared/application/referral-facts';
import { PAYOUT_RAILS, type PayoutRail } from '#shared/domain/ledger/payout';
import type { PartnerTerms, Plan } from '#shared/domain/plan/plan';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import type { Instant, Period } from '#shared/domain/time/instant';
import { sha256 } from '#test/support/builders/payouts';
import { aProgramme } from '#test/support/builders/runs';
import { makeFakeLedger } from '#test/support/fakes/ledger';
import { type FakeMoney, makeFakeMoney } from '#test/support/fakes/money';

export const NO_FACTS: ReferralFacts = {
  async *conversions() {},
  async *refunds() {},
  firstPurchases: async () => new Map(),
  order: async () => undefined,
};

/** Retries without waiting. */
export const AT_ONCE = { pause: async (): Promise<void> => {}, random: () => 0 };

export function newHash(): RunningHash {
  const hash = createHash('sha256');
  return { update: (text) => void hash.update(text), hex: () => hash.digest('hex') };
}

/** Everything of a run from its opening to its decision, over fakes: partners by their terms, facts as given. */
export function aClosingHalf(given: {
  readonly program?: Partial<Program>;
  readonly partners?: readonly PartnerTerms[];
  readonly plans?: ReadonlyMap<number, Plan>;
  readonly facts?: ReferralFacts;
  readonly now?: string;
  /** When partners were enrolled; those left out were there before every close. */
  readonly enrolledAt?: ReadonlyMap<string, Instant>;
  /** Partners that the index does not show yet. */
  readonly hidden?: Set<string>;
  /** In place of the `balances` that a test sets by hand. */
  readonly balances?: Balances;
  /** Of earlier runs; none unless given. */
  readonly payouts?: Pick<Payouts, 'reserved' | 'getMany'>;
  /** By partner; none unless given. */
  readonly payees?: { of(partnerId: string): PayeeOnRecord | undefined };
  readonly openDisputes?: ReadonlyMap<string, number>;
  /** Rails that the programme has set up; all unless given. */
  readonly railsSetUp?: readonly PayoutRail[];
  readonly heldSales?: readonly HeldSale[];
  /** In place of the `reattributors` that a test sets by hand. */
  readonly reattributors?: ReattributorsReader;
  /** Wraps the stores, e.g. to fail now and then. */
  readonly through?: (fake: FakeMoney) => FakeMoney;
}) {
  const money = (given.through ?? ((same) => same))(makeFakeMoney());
  const { runs, shards, waitingLists, adjustments, statements } = money;
  const payouts = given.payouts ?? makeFakeLedger().payouts;
  const program = aProgramme(given.program);
  const { programId } = program;
  const partners = [...(given.partners ?? [])].sort((a, b) => (a.partnerId < b.partnerId ? -1 : 1));
  const balances = new Map<string, Balance[]>();
  const balancesNow = given.balances ?? { of: async (_programId: string, id: string) => balances.get(id) ?? [] };
  const payeeChanges: PayeeChange[] = [];
  const roleGivers: RoleGiver[] = [];
  const tierSchemeChanges: Awaited<ReturnType<TierSchemeChanges['since']>>[number][] = [];
  const railChanges: RailChange[] = [];
  const reattributors: (Reattributor & { readonly period: Period })[] = [];
  const apiKeyMakers: ApiKeyMaker[] = [];
  const time = { now: Date.parse(given.now ?? '2026-02-01T08:00:00Z') };
  const clock = (): number => time.now;
  const facts = given.facts ?? NO_FACTS;
  const programs = {
    get: async (id: string): Promise<Program> => (await money.programs.get(id))!,
    zone: timeZoneOf,
    async *list() {
      yield* (await money.programs.list({ limit: 100 })).items;
    },
  };
  const termsOf = new Map(partners.map((partner) => [partner.partnerId, partner]));
  const terms = {
    listIds: async (_programId: string, { after, limit }: { after?: string | undefined; limit: number }) =>
      partners
        .map(({ partnerId }) => partnerId)
        .filter((id) => (after === undefined || id > after) && !given.hidden?.has(id))
        .slice(0, limit),
    terms: async (_programId: string, partnerId: string) => termsOf.get(partnerId),
  };
  const heldSales = { inPeriod: async () => given.heldSales ?? [] };
  const enrolments = {
    at: async (_programId: string, partnerId: string) => given.enrolledAt?.get(partnerId) ?? program.createdAt,
  };
  const deciding = {
    programs: money.programs,
    runs,
    adjustments,
    railChanges: { all: async () => railChanges },
    tierSchemes: { since: async (_programId, since) => tierSchemeChanges.filter(({ at }) => at >= since) },
    roleChanges: { giversSince: async (_programId, since) => roleGivers.filter(({ at }) => at >= since) },
    payeeChanges: { since: async (_programId, since) => payeeChanges.filter((change) => change.at >= since) },
    reattributors: given.reattributors ?? {
      inPeriod: async (_programId, period) => reattributors.filter((made) => made.period === period),
    },
    also: { plans: money.plans, apiKeyMakers: { all: async () => apiKeyMakers } },
    holds: money.payoutHolds,
    statements,
    clock,
  } satisfies Parameters<typeof makeDecidePayoutRun>[0];
  const half = {
    money,
    program,
    balances,
    payeeChanges,
    roleGivers,
    tierSchemeChanges,
    railChanges,
    reattributors,
    apiKeyMakers,
    time,
    programs,
    terms,
    open: makeOpenPayoutRun({ programs: money.programs, zone: timeZoneOf, runs, clock }),
    plan: makePlanPayoutRun({ runs, shards, partners: terms }),
    compute: makeComputeStatements({
      programs,
      runs,
      shards,
      partners: terms,
      plans: { get: async (_programId, version) => given.plans?.get(version) },
      facts,
      adjustments,
      balances: balancesNow,
      statements,
      newWriter: money.newWriter,
      newHash,
      clock,
    }),
    recount: makeRecountFacts({ runs, shards, facts, adjustments, newHash, clock }),
    summarise: makeSummarisePayoutRun({
      programs,
      policies: money.programs,
      runs,
      shards,
      checkPartners: makeCheckPartners({ partners: terms, enrolments, adjustments }),
      findWarnings: makeFindWarnings({
        adjustments,
        runs,
        statements,
        controls: money.programs,
        heldSales,
        partnerSignals: { list: async () => [] },
        zone: timeZoneOf,
      }),
      findWaiting: makeFindWaiting({ payouts, waitingLists, digest: sha256 }),
      buildReview: makeBuildReview({
        runs,
        shards,
        reviews: money.reviews,
        waitingLists,
        payouts,
        holds: money.payoutHolds,
        heldSales,
        openDisputes: { count: async () => given.openDisputes ?? new Map() },
        payees: {
          payeesOnRecord: async (_programId, ids) =>
            new Map(ids.flatMap((id) => (given.payees?.of(id) ? [[id, given.payees.of(id)!] as const] : []))),
        },
        railsSetUp: async () => new Set(given.railsSetUp ?? PAYOUT_RAILS),
        digest: sha256,
        clock,
      }),
      installationPayer: 'Acme GmbH',
      digest: sha256,
      clock,
    }),
    request: makeRequestDecision({ runs }),
    decide: makeDecidePayoutRun(deciding),
    yourDecision: makeYourDecision(deciding),
    end: makeVoidPayoutRun({ runs, clock }),
    complete: makeCompletePayoutRun({ runs, shards, waitingLists, payouts: { getMany: async () => [] }, clock }),
    adjust: makeRecordAdjustment({ programs, partners: terms, adjustments, clock, ...AT_ONCE }),
    decideAdjustment: makeDecideAdjustment({ programs, adjustments, clock, ...AT_ONCE }),
    writeOff: makeWriteOffBalance({
      programs,
      partners: terms,
      adjustments,
      balances: balancesNow,
      clock,
      ...AT_ONCE,
    }),
    changeControls: makeChangeControls({ programs: money.programs, clock }),
    changePolicy: makeChangePayoutPolicy({ programs: money.programs, clock }),
    remind: makeRemindApprovers({ programs: money.programs, runs, clock }),
    changeSettings: makeChangeSettings({ programs: money.programs, clock }),
    publish: makePublishPlan({ programs: money.programs, plans: money.plans, clock }),
    list: makeListStatements({ programs: money.programs, runs, statements }),
    lines: makeListStatementLines({ runs, statements }),
    /** Stores the programme. */
    ready: async (): Promise<void> => {
      await money.programs.create(program);
    },
    /** Opens a period's run and takes it to its decision, as the workflow does. */
    toDecision: async (period: Period, by = 'person:opener', onBehalfOf?: string): Promise<PayoutRun> => {
      const requestId = `open ${period} ${time.now}`;
      const { runId } = await half.open({ programId, period, by, onBehalfOf, requestId });
      const { shards: names } = await half.plan({ programId, runId });
      for (const shard of names) await half.compute({ programId, runId, shard });
      for (const shard of names) await half.recount({ programId, runId, shard });
      await half.summarise({ programId, runId });
      await half.remind({ programId, runId });
      await half.request({ programId, runId, taskToken: `token of ${runId}` });
      return (await runs.get(programId, runId))!;
    },
    /** Ends an approved run as paid, as the workflow does. */
    paid: async (run: PayoutRun): Promise<void> => {
      await half.complete({ programId, runId: run.runId });
    },
    approve: (run: PayoutRun, by: string, holds?: readonly string[], signedInAt?: number): Promise<PayoutRun> =>
      half.decide({
        programId,
        runId: run.runId,
        by,
        requestId: `${by} on ${run.runId}`,
        decision: 'approve',
        contentHash: run.contentHash ?? '',
        holds,
        signedInAt,
      }),
  };
  return half;
}
