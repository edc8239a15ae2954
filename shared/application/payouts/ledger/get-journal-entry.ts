import { Failure } from '#shared/application/failure';
import type { Journal, JournalPages } from '#shared/application/payouts/ledger/ledger-ports';
import type { ProgramReader } from '#shared/application/programs';
import type { JournalEntry } from '#shared/domain/ledger/journal';
import { partnerOfEntry } from './list-journal-entries.ts';

export type GetJournalEntry = (input: {
  readonly programId: string;
  readonly entryId: string;
}) => Promise<JournalEntry & { readonly reversedBy?: string | undefined }>;

/**
 * An entry of the journal, and which one took it back.
 * @throws Failure unknown_program, not_found
 */
export function makeGetJournalEntry(deps: {
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly journal: Pick<Journal, 'ofPartner'>;
  readonly pages: Pick<JournalPages, 'get'>;
}): GetJournalEntry {
  return async ({ programId, entryId }) => {
    await deps.programs.get(programId);
    const partnerId = partnerOfEntry(entryId);
    const entry = partnerId === undefined ? undefined : await deps.pages.get(programId, partnerId, entryId);
    if (!entry) {
      throw new Failure('not_found', 'Check the entry id; the list of the journal names the entries.', {
        errors: [{ pointer: 'path:entryId', rule: 'must be the id of an entry of this journal' }],
      });
    }
    for await (const { entryId: later, links } of deps.journal.ofPartner(programId, entry.partnerId)) {
      if (links.reverses === entryId) return { ...entry, reversedBy: later };
    }
    return entry;
  };
}
