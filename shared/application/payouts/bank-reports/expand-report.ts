import type { BankFormats, FiledPayment, ReadReport } from '#shared/application/payouts/bank-reports/bank-report-ports';
import type { BankFiles, Documents, Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { BankEntry, BankGroup, UnmatchedRule } from '#shared/domain/bank/bank-entry';
import { parseRunId } from '#shared/domain/ledger/money-ids';
import { fromDecimal } from '#shared/domain/money/minor-units';
import type { Instant } from '#shared/domain/time/instant';
import type { FindReportedPayouts } from './find-reported-payouts.ts';

/**
 * The entries of a report, one a payment: what is said of a whole file, a block or a batch becomes an entry for each payment of
 * our own file that it means, if count and sum agree with all of them, or with those that the bank had not rejected before: it books
 * the rest of a file in one sum. The file is stored for ever, and what had failed when the report came stays failed, so the same
 * report gives the same entries.
 */
export function makeExpandReport(deps: {
  files: Pick<BankFiles, 'list'>;
  documents: Pick<Documents, 'get'>;
  formats: Pick<BankFormats, 'paymentsOf'>;
  find: FindReportedPayouts;
  payouts: Pick<Payouts, 'getMany'>;
}): (programId: string, report: ReadReport, receivedAt: Instant) => Promise<readonly BankEntry[]> {
  return async (programId, report, receivedAt) => {
    const known = new Map<string, Promise<readonly FiledPayment[] | undefined>>();
    const filed = (messageId: string): Promise<readonly FiledPayment[] | undefined> => {
      const payments = known.get(messageId) ?? paymentsOf(programId, messageId);
      known.set(messageId, payments);
      return payments;
    };
    const carriedOut: CarriedOut = async (payments) => {
      const ids = await deps.find(
        programId,
        payments.map(({ reference }) => reference),
      );
      const failed = (await deps.payouts.getMany(programId, [...(ids?.values() ?? [])])).filter(
        ({ status, updatedAt }) => status === 'failed' && updatedAt <= receivedAt,
      );
      const references = new Set(failed.map(({ endToEndId }) => endToEndId));
      return payments.filter(({ reference }) => !references.has(reference));
    };
    const entries: BankEntry[] = [];
    for (const item of report.items) {
      if ('of' in item) entries.push(...(await entriesOf(item, filed, carriedOut)));
      else entries.push(item);
    }
    return entries;
  };

  async function paymentsOf(programId: string, messageId: string): Promise<readonly FiledPayment[] | undefined> {
    const runId = runIdOfMessage(messageId);
    if (runId === undefined) return undefined;
    const file = (await deps.files.list(programId, runId)).find((one) => one.messageId === messageId);
    // A bank names no NACHA file by its message.
    return file?.rail === 'bank_file' ? deps.formats.paymentsOf(await deps.documents.get(file.documentKey)) : undefined;
  }
}

/** Our message ids begin with the run (`messageIdOf`). */
function runIdOfMessage(messageId: string): string | undefined {
  const runId = /^(\d{4}-\d{2}\.\d{1,4})-/.exec(messageId)?.[1];
  return runId !== undefined && parseRunId(runId) ? runId : undefined;
}

type Filed = (messageId: string) => Promise<readonly FiledPayment[] | undefined>;

/** Without what had failed when the report came. */
type CarriedOut = (payments: readonly FiledPayment[]) => Promise<readonly FiledPayment[]>;

async function entriesOf(group: BankGroup, filed: Filed, carriedOut: CarriedOut): Promise<readonly BankEntry[]> {
  // A whole file that is on its way is one line, not thousands.
  if (group.says === 'in_progress') return [entryOf(group)];
  const messageId = group.messageId ?? messageIdOfBlock(group.blockId);
  const file = messageId === undefined ? undefined : await filed(messageId);
  if (file === undefined) return [entryOf(group, 'unknown_file')];
  const all = group.blockId === undefined ? file : file.filter(({ blockId }) => blockId === group.blockId);
  if (all.length === 0) return [entryOf(group, 'unknown_file')];
  const payments = agrees(group, all) ? all : await carriedOut(all);
  if (payments.length === 0 || !agrees(group, payments)) return [entryOf(group, 'batch_differs')];
  const exceptReferences = new Set(group.exceptReferences);
  const exceptBlocks = new Set(group.exceptBlocks);
  return payments
    .filter(({ reference, blockId }) => !exceptReferences.has(reference) && !exceptBlocks.has(blockId))
    .map(({ reference, amountMinor, currency }) => ({ ...entryOf(group), reference, amountMinor, currency }));
}

/** A block's id is its message's with one letter after it. */
function messageIdOfBlock(blockId: string | undefined): string | undefined {
  return blockId?.replace(/-[A-Z]$/, '');
}

function agrees(group: BankGroup, payments: readonly FiledPayment[]): boolean {
  const { count, sumMinor, controlSum, currency } = group;
  const sum = payments.reduce((total, payment) => total + payment.amountMinor, 0n);
  const own = payments[0]?.currency ?? '';
  return (
    (count === undefined || count === payments.length) &&
    (currency === undefined || currency === own) &&
    (sumMinor === undefined || sumMinor === sum) &&
    (controlSum === undefined || fromDecimal(controlSum, own) === sum)
  );
}

function entryOf(group: BankGroup, rule?: UnmatchedRule): BankEntry {
  const { says, bankStatus, direction, bankReference, bookedOn, reason } = group;
  const whole =
    rule === undefined && says !== 'in_progress'
      ? {}
      : {
          amountMinor: group.sumMinor === -1n ? undefined : group.sumMinor,
          currency: group.currency,
          reference: group.blockId ?? group.messageId,
        };
  return { says, bankStatus, direction, bankReference, bookedOn, reason, ...whole, ...(rule ? { rule } : {}) };
}
