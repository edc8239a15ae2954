import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { BankFiles, Documents, Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { BankAccount, BankFileFormat, BankPayment } from '#shared/application/payouts/paying/rail';
import type { PayoutRuns } from '#shared/application/payouts/ports';
import type { Clock, Digest } from '#shared/application/ports';
import { isPending, type Payout, type PayoutStep } from '#shared/domain/ledger/payout';
import type { Currency } from '#shared/domain/money/money';
import { toInstant } from '#shared/domain/time/instant';
import { forEachConcurrently } from '../concurrency.ts';
import { type ApprovedRun, approvedRun } from '../runs/approved-run.ts';
import type { AdvancePayout } from './advance-payout.ts';

const READS_AT_ONCE = 8;
const MESSAGE_ID_DIGITS = 16;

export type WriteBankFiles = (input: {
  readonly programId: string;
  readonly runId: string;
}) => Promise<{ readonly files: number; readonly payouts: number }>;

export type WriteBankFilesDeps = {
  readonly runs: Pick<PayoutRuns, 'get'>;
  readonly payouts: Pick<Payouts, 'getMany' | 'inBankFilesOf'>;
  readonly payees: Pick<PartnerTermsReader, 'payee'>;
  readonly files: BankFiles;
  readonly documents: Documents;
  readonly format: BankFileFormat;
  /** Whose account pays. */
  readonly debtor: BankAccount;
  readonly advance: AdvancePayout;
  readonly digest: Digest;
  readonly clock: Clock;
};

/**
 * Writes one bank file a currency for the payouts that were claimed for this run's files, then marks them submitted:
 * first the file, then the books, so that no payout counts as submitted that is in no file. The file stored first is
 * the one that counts; whatever repeats this finds it and finishes its bookkeeping.
 * A payout whose partner has meanwhile left the bank rail is in no file and fails: its amount opens the next statement.
 * One whose payee was changed after the run was summarised is in no file either, and waits for the next approved run.
 * @throws Failure run_not_awaiting_decision when the run is not approved
 */
export function makeWriteBankFiles(deps: WriteBankFilesDeps): WriteBankFiles {
  return async ({ programId, runId }) => {
    const run = await approvedRun(deps.runs, programId, runId);
    const claimed = new Map<Currency, string[]>();
    for await (const { currency, payoutId } of deps.payouts.inBankFilesOf(programId, runId)) {
      const ids = claimed.get(currency) ?? [];
      ids.push(payoutId);
      claimed.set(currency, ids);
    }
    let count = 0;
    for (const [currency, payoutIds] of claimed) {
      // A payout that was kept back may have been claimed for the file of a later run.
      const payouts = (await deps.payouts.getMany(programId, payoutIds))
        .filter((payout) => payout.submissionRunId === runId)
        .sort(byPayoutId);
      count += await writeFile(deps, run, currency, payouts);
    }
    return { files: claimed.size, payouts: count };
  };
}

async function writeFile(
  deps: WriteBankFilesDeps,
  run: ApprovedRun,
  currency: Currency,
  payouts: readonly Payout[],
): Promise<number> {
  const [some] = payouts;
  if (!some) return 0;
  const { programId } = some;
  const documentKey = `${programId}/${run.runId}/pain.001-${currency}.xml`;
  const messageId = messageIdOf(deps.digest, programId, run.runId, currency);
  const { payments, changed } = await paymentsOf(deps, run, payouts);
  const content = { messageId, createdAt: run.decidedAt, currency, debtor: deps.debtor, payments };
  // Nothing to pay is stored too, as an empty text: a payee that comes back between two attempts must not be paid unseen.
  const text = payments.length === 0 ? '' : deps.format.render(content);
  const stored = await deps.documents.putOnce(documentKey, text, 'application/xml');
  const included = new Set(deps.format.endToEndIdsOf(stored));
  if (included.size > 0) {
    const paid = payouts.filter((payout) => isIn(included, payout));
    if (paid.length !== included.size)
      throw new Error(`${documentKey} holds payouts that were claimed meanwhile: repeat`);
    // Refused: an earlier attempt recorded the same stored bytes.
    await deps.files.create({
      programId,
      runId: run.runId,
      currency,
      format: deps.format.name,
      messageId,
      documentKey,
      count: paid.length,
      controlSumMinor: paid.reduce((sum, payout) => sum + payout.amountMinor, 0n),
      sha256: deps.digest(stored),
      createdAt: toInstant(deps.clock()),
    });
  }
  await forEachConcurrently(payouts, READS_AT_ONCE, async (payout) => {
    if (!isPending(payout.status)) return;
    await deps.advance(payout, stepOf(payout));
  });
  return included.size;

  function stepOf(payout: Payout): PayoutStep {
    if (isIn(included, payout)) return { type: 'accepted', reference: messageId };
    if (changed.has(payout.payoutId)) return { type: 'keep_back', runId: run.runId, blockedReason: 'payee_changed' };
    return { type: 'rejected', reason: 'The partner was no longer paid by bank file.' };
  }
}

function isIn(endToEndIds: ReadonlySet<string>, payout: Payout): boolean {
  return payout.endToEndId !== undefined && endToEndIds.has(payout.endToEndId);
}

async function paymentsOf(
  deps: WriteBankFilesDeps,
  run: ApprovedRun,
  payouts: readonly Payout[],
): Promise<{ readonly payments: readonly BankPayment[]; readonly changed: ReadonlySet<string> }> {
  const payments = new Map<string, BankPayment>();
  const changed = new Set<string>();
  await forEachConcurrently(payouts, READS_AT_ONCE, async (payout) => {
    const payee = await deps.payees.payee(payout.programId, payout.partnerId);
    if (payee && payee.changedAt > run.summarisedAt) {
      changed.add(payout.payoutId);
      return;
    }
    if (payee?.rail !== 'bank_file' || payout.endToEndId === undefined) return;
    payments.set(payout.payoutId, {
      endToEndId: payout.endToEndId,
      amountMinor: payout.amountMinor,
      creditor: { name: payee.name, iban: payee.iban, bic: payee.bic },
      remittance: `Commission ${run.period} statement ${payout.statementId.replaceAll('~', ' ')}`,
    });
  });
  return { payments: payouts.flatMap((payout) => payments.get(payout.payoutId) ?? []), changed };
}

/** At most 35 characters (ISO 20022 Max35Text), unique a programme, run and currency. */
export function messageIdOf(digest: Digest, programId: string, runId: string, currency: Currency): string {
  const unique = digest(`${programId}#${runId}#${currency}`).slice(0, MESSAGE_ID_DIGITS).toUpperCase();
  return `${runId}-${currency}-${unique}`;
}

function byPayoutId(a: Payout, b: Payout): number {
  if (a.payoutId === b.payoutId) return 0;
  return a.payoutId < b.payoutId ? -1 : 1;
}
