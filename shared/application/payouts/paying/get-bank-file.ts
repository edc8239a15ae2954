import { Failure } from '#shared/application/failure';
import type { BankFile, BankFiles, Documents } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns } from '#shared/application/payouts/ports';
import type { Digest } from '#shared/application/ports';
import { FILE_RAILS, type FileRail } from '#shared/domain/ledger/payout';
import { OVER_STATUSES, type PayoutRun, statementState } from '#shared/domain/run/payout-run';

/** A Lambda answer holds 6 MB, with line ends and quotes escaped. */
const MAX_PART_CHARACTERS = 5_000_000;

export type GetBankFile = (input: {
  readonly programId: string;
  readonly runId: string;
  readonly currency: string;
  /** Absent: the ISO 20022 file, or the only one in the currency. */
  readonly rail?: FileRail | undefined;
  /** Of a file that is more than one answer holds, counted from 1; put together in order they are the file. */
  readonly part?: number | undefined;
}) => Promise<{ readonly file: BankFile; readonly text: string }>;

/**
 * A bank file as it was written. Bytes that are no longer those recorded in the books are never handed out.
 * @throws Failure invalid_request, naming the parts, for a file that is more than one answer holds; not_found for an unknown run, and, saying why, when the run has no file in this currency
 */
export function makeGetBankFile(deps: {
  runs: Pick<PayoutRuns, 'get'>;
  files: BankFiles;
  documents: Documents;
  digest: Digest;
}): GetBankFile {
  return async (asked) => {
    const file = await find(asked);
    if (!file) throw await whyNone(asked);
    const text = await deps.documents.get(file.documentKey);
    if (deps.digest(text) !== file.sha256)
      throw new Error(`the document ${file.documentKey} was changed after it was written`);
    return { file, text: partOf(text, asked.part) };
  };

  async function find({ programId, runId, currency, rail }: Parameters<GetBankFile>[0]): Promise<BankFile | undefined> {
    for (const one of rail ? [rail] : FILE_RAILS) {
      const file = await deps.files.get(programId, runId, currency, one);
      if (file) return file;
    }
    return undefined;
  }

  async function whyNone({ programId, runId, currency, rail }: Parameters<GetBankFile>[0]): Promise<Failure> {
    const run = await deps.runs.get(programId, runId);
    if (!run) {
      return new Failure('not_found', `There is no payout run ${runId}; GET .../payout-runs lists them.`, {
        errors: [{ pointer: 'path:runId', rule: 'must be the id of a payout run' }],
      });
    }
    const files = await deps.files.list(programId, runId);
    if (rail && files.some((file) => file.currency === currency)) {
      return new Failure('not_found', `Run ${runId} has no file of ${rail} in ${currency}: leave the rail out.`, {
        errors: [{ pointer: 'query:rail', rule: 'must be a rail by which the run pays in this currency' }],
      });
    }
    const others = [...new Set(files.map((file) => file.currency))];
    return new Failure(
      'not_found',
      `Run ${runId} has no bank file in ${currency}: ${reasonOf(run, currency, others)}`,
      {
        errors: [{ pointer: 'path:currency', rule: 'must be a currency in which the run has a bank file' }],
      },
    );
  }
}

/** The files hold ASCII alone, so that characters are bytes. */
function partOf(text: string, part: number | undefined): string {
  const parts = Math.max(1, Math.ceil(text.length / MAX_PART_CHARACTERS));
  if (part === undefined ? parts === 1 : part <= parts) {
    const from = ((part ?? 1) - 1) * MAX_PART_CHARACTERS;
    return text.slice(from, from + MAX_PART_CHARACTERS);
  }
  throw new Failure(
    'invalid_request',
    `This file has ${parts} ${parts === 1 ? 'part' : 'parts'}: ask for each and join them in order; its sha256 is in the list of the run's files.`,
    { errors: [{ pointer: 'query:part', rule: `must be from 1 to ${parts}` }] },
  );
}

function reasonOf(run: PayoutRun, currency: string, others: readonly string[]): string {
  const state = statementState(run);
  if (state === 'void') return `it is ${run.status}, and nothing is paid by it.`;
  if (state === 'draft') return `it is ${run.status}, and files are written once it is approved.`;
  const elsewhere = others.length === 0 ? '' : ` It has one in ${others.join(', ')}.`;
  if (!OVER_STATUSES.includes(run.status)) {
    return `it is ${run.status}; ask again once it is completed.${elsewhere}`;
  }
  return `none of its payouts in ${currency} went to the bank by file; GET .../payouts shows how each was paid.${elsewhere}`;
}
