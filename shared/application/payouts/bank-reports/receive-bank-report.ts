import {
  type BankFormats,
  type BankReport,
  type BankReports,
  NO_COUNTS,
} from '#shared/application/payouts/bank-reports/bank-report-ports';
import type { Documents } from '#shared/application/payouts/ledger/ledger-ports';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { toInstant } from '#shared/domain/time/instant';
import type { ProcessBankReport } from './process-bank-report.ts';

export type ReceiveBankReport = (input: {
  readonly programId: string;
  readonly text: string;
  readonly by: string;
  readonly isOver: () => boolean;
}) => Promise<{ readonly report: BankReport; readonly isNew: boolean }>;

/**
 * Takes in a bank's message:
 * 1. it is read whole, so that one that breaks a rule leaves nothing; 2. the file is stored as it came, under its digest, then
 * its record with who sent it; 3. as many entries are worked through as there is time for.
 * What the bank booked is settled at once. What gives money back waits for a second person: a made-up return would otherwise
 * have a payout paid twice on one person's word. The same file again goes on where it stopped and changes nothing else.
 * @throws Failure unknown_program, invalid_request
 */
export function makeReceiveBankReport(deps: {
  programs: Pick<ProgramReader, 'get'>;
  reports: Pick<BankReports, 'create' | 'get'>;
  documents: Pick<Documents, 'putOnce'>;
  formats: Pick<BankFormats, 'read'>;
  /** Where the file is kept. */
  keyOf: (programId: string, reportId: string, extension: string) => string;
  process: ProcessBankReport;
  digest: Digest;
  clock: Clock;
}): ReceiveBankReport {
  return async ({ programId, text, by, isOver }) => {
    await deps.programs.get(programId);
    const { kind, messageId } = deps.formats.read(text);
    const reportId = deps.digest(text);
    const isAch = kind === 'nacha_return';
    const documentKey = deps.keyOf(programId, reportId, isAch ? 'txt' : 'xml');
    await deps.documents.putOnce(documentKey, text, isAch ? 'text/plain' : 'application/xml');
    const created = await deps.reports.create({
      reportId,
      programId,
      kind,
      messageId,
      documentKey,
      receivedAt: toInstant(deps.clock()),
      receivedBy: by,
      status: 'processing',
      processed: 0,
      counts: NO_COUNTS,
    });
    const report = await deps.process({ programId, reportId, isOver });
    return { report, isNew: created === 'applied' };
  };
}
