import { bankReportKeyOf } from '#shared/adapters/documents/bank-report-files';
import { bankFormats } from '#shared/adapters/rails/bank-reports/bank-formats';
import { makeListBankEntries } from '#shared/application/payouts/bank-reports/bank-report-lists';
import type { BankReport, StoredEntry } from '#shared/application/payouts/bank-reports/bank-report-ports';
import { makeBookBankEntry } from '#shared/application/payouts/bank-reports/book-bank-entry';
import { makeDecideBankReport } from '#shared/application/payouts/bank-reports/decide-bank-report';
import { makeExpandReport } from '#shared/application/payouts/bank-reports/expand-report';
import { makeFindReportedPayouts } from '#shared/application/payouts/bank-reports/find-reported-payouts';
import { makeProcessBankReport } from '#shared/application/payouts/bank-reports/process-bank-report';
import { makeReceiveBankReport } from '#shared/application/payouts/bank-reports/receive-bank-report';
import { makeRecordBankEntry } from '#shared/application/payouts/bank-reports/record-bank-entry';
import { makeDecideBankEntry, makeResolveBankEntry } from '#shared/application/payouts/bank-reports/resolve-bank-entry';
import type { SettlePayout } from '#shared/application/payouts/paying/settle-payout';
import type { StatementSummary } from '#shared/application/payouts/ports';
import type { Payout, PayoutStatus } from '#shared/domain/ledger/payout';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { ACME_BOTH_FILE_RAILS } from '#test/support/builders/file-rails';
import { aPayingHalf, type PayingHalf, SHARD } from '#test/support/builders/paying-half';
import { anApprovedRun, bankPayee, PROGRAM_ID, runsOf, sha256, tickingClock } from '#test/support/builders/payouts';
import { type FakeBankReports, makeFakeBankReports } from '#test/support/fakes/bank-reports';

type Caller = { readonly programId: string; readonly by: string; readonly ownPartners: readonly string[] };

export const FINN = 'person:finn';
export const fiona: Caller = { programId: PROGRAM_ID, by: 'person:fiona', ownPartners: [] };
export const finn: Caller = { ...fiona, by: FINN };

export type BankHouse = {
  readonly half: PayingHalf;
  readonly fake: FakeBankReports;
  readonly payouts: () => readonly Payout[];
  readonly payout: (partnerId: string) => Payout;
  readonly statuses: () => readonly PayoutStatus[];
  /** By finn, unless somebody else is named. */
  readonly receive: (
    text: string,
    over?: { by?: string; isOver?: () => boolean },
  ) => Promise<{ readonly report: BankReport; readonly isNew: boolean }>;
  readonly entries: () => readonly StoredEntry[];
  readonly list: ReturnType<typeof makeListBankEntries>;
  readonly resolve: ReturnType<typeof makeResolveBankEntry>;
  readonly decide: ReturnType<typeof makeDecideBankEntry>;
  readonly decideReport: ReturnType<typeof makeDecideBankReport>;
};

/** Payouts of one run, submitted by bank file, and everything that reads what the bank says of them. */
export async function aBankHouse(given: {
  readonly statements: readonly StatementSummary[];
  readonly payees?: Parameters<typeof aPayingHalf>[0]['payees'];
  /** Whose files are searched for what the bank names. */
  readonly runs?: readonly PayoutRun[];
  /** Wraps what books, e.g. to fail now and then. */
  readonly through?: (settle: SettlePayout) => SettlePayout;
}): Promise<BankHouse> {
  const { statements } = given;
  const own = Object.fromEntries(statements.map(({ partnerId }) => [partnerId, bankPayee()]));
  const half = aPayingHalf({ statements, payees: { ...own, ...given.payees }, fileRails: ACME_BOTH_FILE_RAILS });
  await half.post(SHARD);
  await half.submit(SHARD);
  await half.writeFiles(SHARD);
  const fake = makeFakeBankReports();
  const { reports, entries } = fake;
  const { payouts, documents, files } = half;
  const clock = tickingClock('2026-02-03T08:00:00Z');
  const programs = { get: async () => ({}) as never };
  const settle = given.through ? given.through(half.settle) : half.settle;
  const book = makeBookBankEntry({ entries, settle });
  const find = makeFindReportedPayouts({ runs: runsOf(...(given.runs ?? [anApprovedRun()])), payouts, digest: sha256 });
  const process = makeProcessBankReport({
    reports,
    documents,
    formats: bankFormats,
    expand: makeExpandReport({ files, documents, formats: bankFormats, find, payouts }),
    find,
    payouts,
    record: makeRecordBankEntry({ entries, book, digest: sha256, clock }),
    digest: sha256,
    clock,
  });
  const receive = makeReceiveBankReport({
    programs,
    reports,
    documents,
    formats: bankFormats,
    keyOf: bankReportKeyOf,
    process,
    digest: sha256,
    clock,
  });
  const decide = makeDecideBankEntry({ entries, payouts, book, clock });
  return {
    half,
    fake,
    payouts: () => [...half.stored.values()],
    payout: (partnerId) => {
      const found = [...half.stored.values()].find((payout) => payout.partnerId === partnerId);
      if (!found) throw new Error(`no payout of ${partnerId}`);
      return found;
    },
    statuses: () => [...half.stored.values()].map(({ status }) => status),
    receive: (text, { by = FINN, isOver = () => false } = {}) => receive({ programId: PROGRAM_ID, text, by, isOver }),
    entries: () => [...fake.stored.values()],
    list: makeListBankEntries({ programs, reports, entries }),
    resolve: makeResolveBankEntry({ entries, payouts, book, clock }),
    decide,
    decideReport: makeDecideBankReport({ reports, entries, decide }),
  };
}
