import { Failure } from '#shared/application/failure';
import type { BankFile, BankFiles, Documents } from '#shared/application/payouts/ledger/ledger-ports';
import type { Digest } from '#shared/application/ports';

export type GetBankFile = (input: {
  readonly programId: string;
  readonly runId: string;
  readonly currency: string;
}) => Promise<{ readonly file: BankFile; readonly text: string }>;

/**
 * A bank file as it was written. Bytes that are no longer those recorded in the books are never handed out.
 * @throws Failure not_found when the run has no file in this currency
 */
export function makeGetBankFile(deps: { files: BankFiles; documents: Documents; digest: Digest }): GetBankFile {
  return async ({ programId, runId, currency }) => {
    const file = await deps.files.get(programId, runId, currency);
    if (!file) throw new Failure('not_found', `Run ${runId} has no bank file in ${currency}.`);
    const text = await deps.documents.get(file.documentKey);
    if (deps.digest(text) !== file.sha256)
      throw new Error(`the document ${file.documentKey} was changed after it was written`);
    return { file, text };
  };
}
