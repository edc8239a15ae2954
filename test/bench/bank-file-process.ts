import { makeWriteBankFiles } from '#shared/application/payouts/paying/write-bank-files';
import { nothing } from '#shared/application/payouts/runs/review/in-partner-order';
import { payoutIdOf, statementIdOf } from '#shared/domain/ledger/money-ids';
import type { Payout } from '#shared/domain/ledger/payout';
import { reviewRow } from '#shared/domain/run/review';
import type { Instant } from '#shared/domain/time/instant';
import { ACME_FILE_RAILS } from '#test/support/builders/file-rails';
import { anApprovedRun, at, bankPayee, sha256 } from '#test/support/builders/payouts';

/** One bank file in a process of its own: `node bank-file-process.ts <payments>`. Everything but the stores is real. */
const payments = Number(process.argv[2]);
if (!payments) throw new Error('usage: bank-file-process.ts <payments>');

const MB = 1_048_576;
const SAMPLE_MS = 20;
const ROWS_A_PAGE = 50;
const AS_OF = '2026-02-01T08:00:00.000Z' as Instant;
const run = { ...anApprovedRun(), review: { asOf: AS_OF, root: '' } };
const { programId, runId } = run;
const partnerIdOf = (index: number): string => `partner-${String(index).padStart(9, '0')}`;
const indexOf = (id: string): number => Number(/partner-(\d+)/.exec(id)?.[1]);
const payeeIdOf = (index: number): string => sha256(`payee ${index}`).slice(0, 26);
const amountOf = (index: number): bigint => BigInt(1_000 + (index % 90_000));

const calls = { payees: 0, holds: 0, payouts: 0, pages: 0, bookings: 0 };
let bytes = 0;

/** As the table's is parsed: every text is one of its own. */
function payoutAt(index: number): Payout {
  const statementId = statementIdOf(runId, partnerIdOf(index), 'EUR');
  const stored = {
    ...{ payoutId: payoutIdOf(statementId), programId, partnerId: partnerIdOf(index), statementId, runId },
    ...{ currency: 'EUR', amountMinor: 0, status: 'submitting', rail: 'bank_file', submissionRunId: runId },
    ...{ payeeId: payeeIdOf(index), endToEndId: `E${sha256(`${index}`).slice(0, 31)}`, changes: 1 },
    ...{ createdAt: at('2026-02-02T08:00:00Z'), updatedAt: at('2026-02-02T09:00:00Z') },
  };
  return { ...(JSON.parse(JSON.stringify(stored)) as Payout), amountMinor: amountOf(index) };
}

function rowAt(index: number): ReturnType<typeof reviewRow> {
  const amounts = { earnedMinor: amountOf(index), clawbackMinor: 0n, adjustmentMinor: 0n, openingBalanceMinor: 0n };
  return reviewRow(
    {
      ...{ partnerId: partnerIdOf(index), currency: 'EUR', waitingPayouts: 0, waitingMinor: 0n, standingHolds: [] },
      statement: { ...amounts, payableMinor: amountOf(index), closingBalanceMinor: 0n },
      payee: { payeeId: payeeIdOf(index), rail: 'bank_file' },
      ...{ openDisputes: 0, heldSales: 0, heldSalesMinor: 0n },
    },
    { asOf: AS_OF, changeFlagPercent: 50 },
  );
}

const writeFiles = makeWriteBankFiles({
  runs: { get: async () => run },
  payouts: {
    getMany: async (_programId, ids) => {
      calls.payouts += Math.ceil(ids.length / 100);
      return ids.map((id) => payoutAt(indexOf(id)));
    },
    async *inBankFilesOf() {
      for (let index = 0; index < payments; index += 1) {
        yield { currency: 'EUR', payoutId: payoutIdOf(statementIdOf(runId, partnerIdOf(index), 'EUR')) };
      }
    },
  },
  payees: {
    payee: async (_programId, partnerId) => {
      calls.payees += 1;
      const index = indexOf(partnerId);
      const name = `The Partner Company Number ${index}`;
      return { ...bankPayee(), name, payeeId: payeeIdOf(index), changedAt: at('2025-01-01T00:00:00Z') };
    },
  },
  reviews: {
    async *pages() {
      for (let from = 0; from < payments; from += ROWS_A_PAGE) {
        calls.pages += 1;
        const length = Math.min(ROWS_A_PAGE, payments - from);
        yield { shard: '0', ordinal: 0, rows: Array.from({ length }, (_, index) => rowAt(from + index)) };
      }
    },
  },
  holds: {
    all: () => {
      calls.holds += 1;
      return nothing();
    },
  },
  files: { get: async () => undefined, list: async () => [], create: async () => 'applied' },
  documents: {
    get: async () => '',
    putOnce: async (_key, text) => {
      // As the SDK sends it.
      bytes = Buffer.from(text).byteLength;
      return text;
    },
  },
  railsOf: async () => ACME_FILE_RAILS,
  advance: async (payout) => {
    calls.bookings += 1;
    return payout;
  },
  digest: sha256,
  clock: () => 0,
});

let peakMb = 0;
const look = (): void => {
  peakMb = Math.max(peakMb, process.memoryUsage.rss() / MB);
};
const looking = setInterval(look, SAMPLE_MS);
const begun = performance.now();
const written = await writeFiles({ programId, runId });
const seconds = (performance.now() - begun) / 1_000;
look();
clearInterval(looking);
console.log(
  JSON.stringify({
    payments,
    seconds,
    peakMb: Math.max(peakMb, process.resourceUsage().maxRSS / 1_024),
    bytes,
    calls,
    written,
  }),
);
