import type { fileRailsOf } from '#shared/adapters/rails/file-rails';
import type { Payee } from '#shared/application/payees';
import type { PayoutHolds } from '#shared/application/payouts/holds/payout-hold-ports';
import { type GetBalance, makeGetBalance } from '#shared/application/payouts/ledger/get-balance';
import type { BankFiles } from '#shared/application/payouts/ledger/ledger-ports';
import { makeAdvancePayout } from '#shared/application/payouts/paying/advance-payout';
import { makePostStatements, type PostStatements } from '#shared/application/payouts/paying/post-statements';
import type { Rail, Rails } from '#shared/application/payouts/paying/rail';
import type { RailsSetUp } from '#shared/application/payouts/paying/rails-set-up';
import { makeSettlePayout, type SettlePayout } from '#shared/application/payouts/paying/settle-payout';
import { makeSubmitPayouts, type SubmitPayouts } from '#shared/application/payouts/paying/submit-payouts';
import { makeWriteBankFiles, type WriteBankFiles } from '#shared/application/payouts/paying/write-bank-files';
import type { RunShards, StatementSummary } from '#shared/application/payouts/ports';
import type { RunReviews } from '#shared/application/payouts/runs/review/review-ports';
import { PAYOUT_RAILS } from '#shared/domain/ledger/payout';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import type { WaitingPayout } from '#shared/domain/run/waiting-payouts';
import type { Instant } from '#shared/domain/time/instant';
import { ACME_FILE_RAILS } from '#test/support/builders/file-rails';
import {
  anApprovedRun,
  at,
  runsOf,
  sha256,
  shardsOf,
  silentLog,
  tickingClock,
  waitingListsOf,
} from '#test/support/builders/payouts';
import { makeFakeInvoices } from '#test/support/fakes/invoices';
import { type FakeLedger, makeFakeBankFiles, makeFakeDocuments, makeFakeLedger } from '#test/support/fakes/ledger';
import { makeFakeRail } from '#test/support/fakes/rail';
import { makeFakePayoutHolds, makeFakeReviews } from '#test/support/fakes/reviews';

export type PayingHalf = FakeLedger & {
  readonly files: BankFiles;
  readonly documents: ReturnType<typeof makeFakeDocuments>;
  /** Change it, and the next reading sees the change. */
  readonly payees: Map<string, Payee & { readonly changedAt?: Instant }>;
  readonly post: PostStatements;
  readonly submit: SubmitPayouts;
  readonly writeFiles: WriteBankFiles;
  readonly settle: SettlePayout;
  readonly balance: GetBalance;
};

/** Posting, paying and settling over fakes: statements of shard `s1` in approved runs. */
export function aPayingHalf(given: {
  readonly statements: readonly StatementSummary[];
  /** In place of the one shard with all the statements. */
  readonly shards?: Pick<RunShards, 'result'>;
  readonly runs?: readonly PayoutRun[];
  /** Of earlier runs, as the approvers saw them: by the run that was approved, which needs a `waitingDigest`. */
  readonly waiting?: Readonly<Record<string, readonly WaitingPayout[]>>;
  /** Known since before every run, unless they say `changedAt`. */
  readonly payees?: Readonly<Record<string, Payee & { readonly changedAt?: Instant }>>;
  /** Of runs that name them; none unless given. */
  readonly reviews?: Pick<RunReviews, 'pages'>;
  readonly holds?: Pick<PayoutHolds, 'all'>;
  readonly invoices?: Parameters<typeof makePostStatements>[0]['invoices'];
  readonly rail?: Rail;
  /** Instead of the sandbox's. */
  readonly rails?: Rails;
  /** Every rail unless given. */
  readonly railsSetUp?: RailsSetUp;
  /** Default: the bank file alone is set up. */
  readonly fileRails?: ReturnType<typeof fileRailsOf>;
  /** Of one bank file; any number unless given. */
  readonly maxPayments?: number;
  readonly clock?: () => number;
  /** Wraps the stores, e.g. to fail now and then. */
  readonly through?: (fake: FakeLedger) => FakeLedger;
}): PayingHalf {
  const fake = (given.through ?? ((same) => same))(makeFakeLedger());
  const { ledger, payouts, balances, journal } = fake;
  const files = makeFakeBankFiles();
  const documents = makeFakeDocuments();
  const payees = new Map(Object.entries(given.payees ?? {}));
  const railsSetUp = given.railsSetUp ?? (async () => new Set(PAYOUT_RAILS));
  const clock = given.clock ?? tickingClock();
  const runs = runsOf(...(given.runs ?? [anApprovedRun()]));
  const shards = given.shards ?? shardsOf(given.statements);
  const dated = (partnerId: string) => ({ payeeId: `${partnerId}.enrolment`, changedAt: at('2026-01-01T00:00:00Z') });
  const payeeReader = {
    payee: async (_programId: string, partnerId: string) => {
      const payee = payees.get(partnerId);
      return payee && { ...dated(partnerId), ...payee };
    },
    payeeOnRecord: async (_programId: string, partnerId: string) => {
      const payee = payees.get(partnerId);
      return payee && { ...dated(partnerId), ...payee };
    },
  };
  const advance = makeAdvancePayout({ ledger, payouts, clock });
  const waitingLists = waitingListsOf(given.waiting ?? {});
  const shared = {
    runs,
    shards,
    waitingLists,
    payouts,
    payees: payeeReader,
    reviews: given.reviews ?? makeFakeReviews(),
    holds: given.holds ?? makeFakePayoutHolds(),
    advance,
    digest: sha256,
    log: silentLog,
  };
  return {
    ...fake,
    files,
    documents,
    payees,
    post: makePostStatements({ ...shared, ledger, invoices: given.invoices ?? makeFakeInvoices(), clock }),
    submit: makeSubmitPayouts({
      ...shared,
      rails: given.rails ?? { sandbox: given.rail ?? makeFakeRail() },
      railsSetUp,
    }),
    writeFiles: makeWriteBankFiles({
      ...shared,
      files,
      documents,
      railsOf: async () => given.fileRails ?? ACME_FILE_RAILS,
      maxPayments: given.maxPayments,
      clock,
    }),
    settle: makeSettlePayout({ payouts, advance, log: silentLog }),
    balance: makeGetBalance({
      balances,
      journal,
      payouts,
      runs,
      payees: payeeReader,
      partnerExists: async () => true,
      clock,
    }),
  };
}

export const SHARD = { programId: 'acme', runId: '2026-01.1', shard: 's1' } as const;
