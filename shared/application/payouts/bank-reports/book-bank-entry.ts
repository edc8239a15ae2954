import type { BankEntries, StoredEntry } from '#shared/application/payouts/bank-reports/bank-report-ports';
import type { SettlePayout } from '#shared/application/payouts/paying/settle-payout';

export type BookBankEntry = (entry: StoredEntry) => Promise<StoredEntry>;

/**
 * Brings an entry that is decided into the journal, and then says so: a crash between the two is made up for by whoever comes
 * next, since the journal takes each step of a payout once. An entry that is not decided stays as it is.
 */
export function makeBookBankEntry(deps: {
  entries: Pick<BankEntries, 'get' | 'replace'>;
  settle: SettlePayout;
}): BookBankEntry {
  return async (entry) => {
    const { programId, payoutId, outcome, reason } = entry;
    if (entry.status !== 'booking' && entry.status !== 'confirmed') return entry;
    if (payoutId === undefined || outcome === undefined) throw new Error(`bank entry ${entry.entryId} has no outcome`);
    const report = { programId, payoutId, reason, origin: originOf(entry) };
    const { status: met } = await deps.settle({ ...report, outcome });
    // Settled between the rejection and its confirmation: the money is back either way (`weighBankEntry`).
    const booking = outcome === 'failed' && met === 'settled' ? 'returned' : outcome;
    const { status } = booking === outcome ? { status: met } : await deps.settle({ ...report, outcome: booking });
    const booked: StoredEntry = {
      ...entry,
      outcome: booking,
      // Overtaken meanwhile, by another message or by two people: the payout is where it is.
      status: status === booking ? 'booked' : 'no_change',
      statusAfter: status,
      version: entry.version + 1,
    };
    if ((await deps.entries.replace(booked)) === 'applied') return booked;
    return (await deps.entries.get(programId, entry.entryId)) ?? booked;
  };
}

/** The report's id is the digest of its file. */
function originOf(entry: StoredEntry): NonNullable<Parameters<SettlePayout>[0]['origin']> {
  const { entryId, reportId, proposedBy, decision, note } = entry;
  return {
    by: decision?.by ?? proposedBy,
    evidence: {
      source: 'bank_report',
      reference: entryId,
      documentSha256: reportId,
      ...(decision ? { proposedBy } : {}),
      ...(note === undefined ? {} : { note }),
    },
  };
}
