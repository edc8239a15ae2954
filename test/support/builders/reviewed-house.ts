import type { PayeeOnRecord } from '#shared/application/partner-terms';
import { makeHoldPayouts } from '#shared/application/payouts/holds/hold-payouts';
import { makeReleasePayouts } from '#shared/application/payouts/holds/release-payouts';
import { makeAdvancePayout } from '#shared/application/payouts/paying/advance-payout';
import { makePostStatements } from '#shared/application/payouts/paying/post-statements';
import { makeSubmitPayouts } from '#shared/application/payouts/paying/submit-payouts';
import { makeCompletePayoutRun } from '#shared/application/payouts/runs/complete-payout-run';
import { makeGetRunReview } from '#shared/application/payouts/runs/review/get-run-review';
import { makeListReviewedPartners } from '#shared/application/payouts/runs/review/list-reviewed-partners';
import { PAYOUT_RAILS, type Payout } from '#shared/domain/ledger/payout';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { compareText, type Period } from '#shared/domain/time/instant';
import { aClosingHalf } from '#test/support/builders/closing-half';
import { factsWith, PLAN, partner, type sale } from '#test/support/builders/computed-run';
import { sandboxPayee, sha256, silentLog } from '#test/support/builders/payouts';
import { instant } from '#test/support/builders/runs';
import { makeFakeInvoices } from '#test/support/fakes/invoices';
import { makeFakeLedger } from '#test/support/fakes/ledger';
import { makeFakeRail } from '#test/support/fakes/rail';

const PROGRAM_ID = 'acme';
type Given = Parameters<typeof aClosingHalf>[0];

/** Closing and paying over one set of fakes: partners are paid a tenth of each sale and a fee a new customer. */
export async function aReviewedHouse(
  given: Given & { readonly sales: ReturnType<typeof sale>[]; readonly answer?: Parameters<typeof makeFakeRail>[0] },
) {
  const fake = makeFakeLedger();
  const payees = new Map<string, PayeeOnRecord>();
  const setPayee = (partnerId: string, over: Partial<PayeeOnRecord> = {}): void =>
    void payees.set(partnerId, {
      payeeId: `${partnerId}.1`,
      rail: 'sandbox',
      changedAt: instant('2026-01-01T00:00:00Z'),
      ...over,
    });
  const half = aClosingHalf({
    partners: ['p1', 'p2'].map(partner),
    plans: new Map([[1, PLAN]]),
    facts: factsWith(given.sales),
    payouts: fake.payouts,
    balances: fake.balances,
    payees: { of: (partnerId) => payees.get(partnerId) },
    ...given,
  });
  await half.ready();
  const { runs, shards, waitingLists, reviews, payoutHolds: holds } = half.money;
  const clock = (): number => half.time.now;
  const { ledger, payouts } = fake;
  const advance = makeAdvancePayout({ ledger, payouts, clock });
  const shared = {
    ...{ runs, shards, waitingLists, reviews, holds, payouts, advance, clock },
    payees: {
      payee: async (_programId: string, partnerId: string) => {
        const payee = payees.get(partnerId);
        return payee && { ...sandboxPayee(), payeeId: payee.payeeId, changedAt: payee.changedAt };
      },
      payeeOnRecord: async (_programId: string, partnerId: string) => payees.get(partnerId),
    },
  };
  const post = makePostStatements({ ...shared, ledger, invoices: makeFakeInvoices() });
  const rails = { sandbox: makeFakeRail(given.answer) };
  const railsSetUp = async () => new Set(PAYOUT_RAILS);
  const submit = makeSubmitPayouts({ ...shared, rails, railsSetUp, digest: sha256, log: silentLog });
  const complete = makeCompletePayoutRun(shared);
  const release = makeReleasePayouts({ holds, clock });
  const hold = makeHoldPayouts({ programs: half.programs, partners: half.terms, holds, clock });
  const list = makeListReviewedPartners({ runs, reviews });
  const house = {
    half,
    setPayee,
    payees,
    payouts: (): readonly Payout[] => [...fake.stored.values()].sort((a, b) => compareText(a.payoutId, b.payoutId)),
    review: (runId: string, holds?: readonly string[]) => makeGetRunReview({ runs, reviews })(PROGRAM_ID, runId, holds),
    list: (runId: string, wanted: Partial<Parameters<typeof list>[0]> = {}) =>
      list({ programId: PROGRAM_ID, runId, limit: 50, ...wanted }),
    hold: (partnerId: string, holdId = 'h1', by = 'person:holder') => {
      half.time.now += 1_000;
      return hold({ programId: PROGRAM_ID, partnerId, holdId, reason: 'to be looked at', by });
    },
    release: (partnerId: string, holdId = 'h1', by = 'person:releaser', ownPartners: readonly string[] = []) => {
      half.time.now += 1_000;
      return release({ programId: PROGRAM_ID, partnerId, holdId, reason: 'looked at', by, ownPartners });
    },
    approve: async (run: PayoutRun): Promise<void> => {
      half.time.now += 1_000;
      for (const by of ['person:a', 'person:b']) await half.approve(run, by);
    },
    /** Posts, submits and ends an approved run. */
    pay: async ({ runId }: PayoutRun): Promise<void> => {
      half.time.now += 1_000;
      for (const shard of ['000000']) {
        await post({ programId: PROGRAM_ID, runId, shard });
        await submit({ programId: PROGRAM_ID, runId, shard });
      }
      await complete({ programId: PROGRAM_ID, runId });
    },
    close: async (period: Period, at: string): Promise<PayoutRun> => {
      half.time.now = Date.parse(at);
      const run = await half.toDecision(period);
      await house.approve(run);
      await house.pay(run);
      return run;
    },
  };
  return house;
}
