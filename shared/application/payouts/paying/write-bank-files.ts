import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { PayoutHolds } from '#shared/application/payouts/holds/payout-hold-ports';
import type { BankFiles, Documents, Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayingFileRail } from '#shared/application/payouts/paying/file-rail';
import type { PayoutRuns } from '#shared/application/payouts/ports';
import type { Clock, Digest } from '#shared/application/ports';
import { type TimeBox, UNLIMITED } from '#shared/application/time-box';
import { FILE_RAILS, type FileRail, isPending, type Payout, type PayoutStep } from '#shared/domain/ledger/payout';
import type { Currency } from '#shared/domain/money/money';
import { type Period, toInstant } from '#shared/domain/time/instant';
import { forEachInTime } from '../concurrency.ts';
import { type ApprovedRun, approvedRun } from '../runs/approved-run.ts';
import type { RunReviews } from '../runs/review/review-ports.ts';
import type { AdvancePayout } from './advance-payout.ts';
import { type ApprovedRows, approvedRows } from './approved-rows.ts';
import { claimedByCurrency, claimedPayouts, claimsOf, type FileClaim } from './file-claims.ts';
import { filePaymentsOf } from './file-payments.ts';

const PAYOUTS_AT_ONCE = 8;
const MESSAGE_ID_DIGITS = 16;

/** `cursor`: it was cut at that file, to be called with it again; the counts are those of one call. */
export type WriteBankFiles = (
  input: { readonly programId: string; readonly runId: string; readonly cursor?: FileCursor | undefined },
  box?: TimeBox,
) => Promise<{ readonly files: number; readonly payouts: number; readonly cursor?: FileCursor | undefined }>;

export type FileCursor = { readonly currency: Currency; readonly rail?: FileRail | undefined };

/** A file cannot be made in one call, by its time or its memory: repeating it ends at the same place. */
export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
}

export type WriteBankFilesDeps = {
  readonly runs: Pick<PayoutRuns, 'get'>;
  readonly payouts: Pick<Payouts, 'getMany' | 'inBankFilesOf'>;
  readonly payees: Pick<PartnerTermsReader, 'payee'>;
  readonly reviews: Pick<RunReviews, 'pages'>;
  readonly holds: Pick<PayoutHolds, 'all'>;
  readonly files: BankFiles;
  readonly documents: Documents;
  /** The formats of a programme's files, with whose account pays, as the run was approved. */
  readonly railsOf: FileRailsOf;
  readonly advance: AdvancePayout;
  readonly digest: Digest;
  readonly clock: Clock;
  /** Payments of one file that the memory has room for; absent: any number. */
  readonly maxPayments?: number | undefined;
};

export type FileRailsOf = (programId: string, runId: string) => Promise<Readonly<Record<FileRail, PayingFileRail>>>;

/**
 * Writes one file a rail and currency for the payouts that were claimed for this run's files, then marks them submitted:
 * first the file, then the books, so that no payout counts as submitted that is in no file. The file stored first is
 * the one that counts; whatever repeats this finds it and finishes its bookkeeping.
 * A payout whose partner has meanwhile left the rail is in no file and fails: its amount opens the next statement.
 * One that is held, is not exactly what was approved (`whyKeptBack`), or that the rail cannot carry, is in no file either, and waits
 * for the next approved run. Of each payout a claim is kept, of each payment its details and its text.
 * @throws Failure run_not_awaiting_decision when the run is not approved; FileTooLarge
 */
export function makeWriteBankFiles(deps: WriteBankFilesDeps): WriteBankFiles {
  return async ({ programId, runId, cursor }, box = UNLIMITED) => {
    const run = await approvedRun(deps.runs, programId, runId);
    let rails: Awaited<ReturnType<FileRailsOf>> | undefined;
    const written = { files: 0, payouts: 0 };
    for await (const { currency, payoutIds } of claimedByCurrency(deps.payouts, { programId, runId })) {
      if (cursor && currency < cursor.currency) continue;
      rails ??= await deps.railsOf(programId, runId);
      const claims = await claimsOf(deps.payouts, { programId, runId }, payoutIds);
      const partnerIds = new Set(claims.map(({ partnerId }) => partnerId));
      const rows = await approvedRows(
        deps.reviews,
        programId,
        run,
        undefined,
        (row) => row.currency === currency && partnerIds.has(row.partnerId),
      );
      for (const name of railsFrom(cursor, currency)) {
        const ofRail = claims.filter(({ rail }) => rail === name);
        const rail = rails[name];
        if (ofRail.length === 0) continue;
        if (ofRail.length > (deps.maxPayments ?? Number.POSITIVE_INFINITY)) {
          throw new FileTooLarge(tooLarge(currency, ofRail.length));
        }
        const file = await writeFile(deps, { programId, run, rows, currency, rail, box }, ofRail);
        if (file === undefined && written.files === 0) throw new FileTooLarge(tooLarge(currency, ofRail.length));
        if (file) written.files += 1;
        written.payouts += file?.included ?? 0;
        if (!file?.isDone) return { ...written, cursor: { currency, rail: name } };
      }
    }
    return written;
  };
}

/** Not from the first file of a currency again: what is done there would hide that the next one is too large for any call. */
function railsFrom(cursor: FileCursor | undefined, currency: Currency): readonly FileRail[] {
  if (cursor?.rail === undefined || cursor.currency !== currency) return FILE_RAILS;
  return FILE_RAILS.slice(FILE_RAILS.indexOf(cursor.rail));
}

type Place = {
  readonly programId: string;
  readonly run: ApprovedRun;
  readonly rows: ApprovedRows | undefined;
  readonly currency: Currency;
  readonly rail: PayingFileRail;
  readonly box: TimeBox;
};

type FileWritten = { readonly included: number; readonly isDone: boolean };

/** Answers nothing when the time was over before the file was written. */
async function writeFile(
  deps: WriteBankFilesDeps,
  place: Place,
  claims: readonly FileClaim[],
): Promise<FileWritten | undefined> {
  const { programId, run, currency, rail, box } = place;
  const documentKey = `${programId}/${run.runId}/${rail.stem}-${currency}.${rail.extension}`;
  const messageId = messageIdOf(deps.digest, { programId, runId: run.runId, currency, rail: rail.rail });
  const left = claims.filter(({ isPending }) => isPending);
  const recorded = await deps.files.get(programId, run.runId, currency, rail.rail);
  const before = recorded && (await deps.documents.get(documentKey));
  const known = new Set(before === undefined ? [] : rail.endToEndIdsOf(before));
  // What is in the file already is paid by it as it stands: nobody's details are read again.
  const open = before === undefined ? claims : left.filter((claim) => !isIn(known, claim));
  const found = await filePaymentsOf(deps, place, rail, open);
  if (!found) return undefined;
  const { payments, waits } = found;
  const ordinal = ordinalOf(deps.digest, programId, run.period);
  const content = { messageId, createdAt: run.decidedAt, currency, ordinal, payments };
  // Nothing to pay is stored too, as an empty text: a payee that comes back between two attempts must not be paid unseen.
  const text = payments.length === 0 || !rail.render ? '' : rail.render(content);
  const stored = before ?? (await deps.documents.putOnce(documentKey, text, rail.mediaType));
  const included = before === undefined ? new Set(rail.endToEndIdsOf(stored)) : known;
  if (included.size > 0 && !recorded) {
    const paid = claims.filter((claim) => isIn(included, claim));
    if (paid.length !== included.size)
      throw new Error(`${documentKey} holds payouts that were claimed meanwhile: repeat`);
    assertSameAmounts(documentKey, rail.amountsOf(stored), paid);
    // Refused: an earlier attempt recorded the same stored bytes.
    await deps.files.create({
      programId,
      runId: run.runId,
      currency,
      rail: rail.rail,
      format: rail.nameOf(stored),
      messageId,
      documentKey,
      count: paid.length,
      controlSumMinor: paid.reduce((sum, payout) => sum + payout.amountMinor, 0n),
      sha256: deps.digest(stored),
      createdAt: toInstant(deps.clock()),
    });
  }
  const ids = left.map(({ payoutId }) => payoutId);
  for await (const chunk of claimedPayouts(deps.payouts, { programId, runId: run.runId }, ids)) {
    const pending = chunk.filter(({ status }) => isPending(status));
    const taken = await forEachInTime(pending, PAYOUTS_AT_ONCE, box, async (payout) => {
      await deps.advance(payout, stepOf(payout));
    });
    if (taken < pending.length) return { included: included.size, isDone: false };
  }
  return { included: included.size, isDone: true };

  function stepOf(payout: Payout): PayoutStep {
    if (isIn(included, payout)) return { type: 'accepted', reference: messageId };
    const blockedReason = waits.get(payout.payoutId);
    if (blockedReason) return { type: 'keep_back', runId: run.runId, blockedReason };
    return { type: 'rejected', reason: 'The partner was no longer paid by this file.' };
  }
}

/** A file that outlived the books it was written from, because they were restored since, pays what was owed then. */
function assertSameAmounts(
  documentKey: string,
  amounts: ReadonlyMap<string, bigint>,
  paid: readonly FileClaim[],
): void {
  const other = paid.find((payout) => amounts.get(payout.endToEndId ?? '') !== payout.amountMinor);
  if (!other) return;
  const { payoutId, endToEndId = '', amountMinor } = other;
  throw new Error(
    `${documentKey} pays ${amounts.get(endToEndId)} for ${payoutId}, which is ${amountMinor} in the books: the file was written ` +
      'before they were restored. Book nothing by it; README, "When something goes wrong", says how the two are brought together.',
  );
}

function tooLarge(currency: Currency, count: number): string {
  return (
    `The file in ${currency} pays ${count} partners, more than one function can read the details of in its time, or hold. Give ` +
    'write-bank-files more memory, which gives it more CPU (COMPUTE in infra/profiles.ts), deploy, and open the period again.'
  );
}

function isIn(endToEndIds: ReadonlySet<string>, { endToEndId }: Pick<Payout, 'endToEndId'>): boolean {
  return endToEndId !== undefined && endToEndIds.has(endToEndId);
}

/** At most 35 characters (ISO 20022 Max35Text), unique a programme, run, currency and rail. */
export function messageIdOf(
  digest: Digest,
  of: { readonly programId: string; readonly runId: string; readonly currency: Currency; readonly rail: FileRail },
): string {
  const named = `${of.programId}#${of.runId}#${of.currency}${of.rail === 'bank_file' ? '' : `#${of.rail}`}`;
  const unique = digest(named).slice(0, MESSAGE_ID_DIGITS).toUpperCase();
  return `${of.runId}-${of.currency}-${unique}`;
}

const HASHED_DIGITS = 8;

/** Another for each month of a programme, in a row, so that several months closed on one day differ; begun anywhere, so that programmes differ too. */
function ordinalOf(digest: Digest, programId: string, period: Period): number {
  const [year = 0, month = 0] = period.split('-').map(Number);
  return year * 12 + month + Number.parseInt(digest(programId).slice(0, HASHED_DIGITS), 16);
}
