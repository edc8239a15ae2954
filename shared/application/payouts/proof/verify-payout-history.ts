import type { PayoutHistory, Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { JournalEntry } from '#shared/domain/ledger/journal';
import { applyStep, type Payout } from '#shared/domain/ledger/payout';
import type { PayoutRecord } from '#shared/domain/ledger/payout-history';
import { type Compare, compareFields, type Differences, MISSING, UNACCOUNTED } from './verify-differences.ts';
import type { PartnerLedger } from './verify-opening.ts';
import { type EvidenceReaders, verifyPayoutEvidence } from './verify-payout-evidence.ts';

export type HistoryReaders = EvidenceReaders & {
  readonly history: PayoutHistory;
  readonly payouts: Pick<Payouts, 'getMany'>;
};

/**
 * Compares each payout of a partner with its history: the records are numbered without a gap, each begins where the one before
 * ended, and the steps that they tell, taken again from its creation, lead to the payout as it is stored and to its entries, to the
 * instant; what it rests on is stored too (`verifyPayoutEvidence`). Of a payout from before there was a history only what came later is known: its end must be the payout's.
 */
export async function verifyPayoutHistories(
  deps: HistoryReaders,
  { payouts, entries }: PartnerLedger,
  differences: Pick<Differences, 'of'>,
): Promise<void> {
  for (const payout of payouts) {
    const { programId, payoutId } = payout;
    const records = await deps.history.of(programId, payoutId);
    const compare = differences.of('payout', payoutId);
    // A change since the payout was read has its record already: what the payout says now tells it from a forged one.
    const [now] = records.length === countOf(payout) ? [payout] : await deps.payouts.getMany(programId, [payoutId]);
    compare('changes in its history', records.length, countOf(now ?? payout));
    const own = entries.filter(({ kind, links }) => kind !== 'statement' && links.payoutId === payoutId);
    await verifyPayoutEvidence(deps, compare, payout, records);
    if (records.length >= countOf(payout)) compareHistory(compare, payout, records.slice(0, countOf(payout)), own);
  }
}

function countOf({ changes = 0 }: Payout): number {
  return changes;
}

const FIELDS = [
  'status',
  'updatedAt',
  'blockedReason',
  'rail',
  'submissionRunId',
  'payeeId',
  'endToEndId',
  'railReference',
  'reason',
  'reservedUntil',
] as const satisfies readonly (keyof Payout)[];

function compareHistory(
  compare: Compare,
  payout: Payout,
  records: readonly PayoutRecord[],
  entries: readonly JournalEntry[],
): void {
  const [first] = records;
  const last = records.at(-1);
  if (!first || !last) return;
  let before = first.from;
  for (const [index, { sequence, from, to }] of records.entries()) {
    compare(`change ${index + 1}, number`, sequence, index + 1);
    compare(`change ${index + 1}, from`, from, before);
    before = to;
  }
  if (first.from !== 'created') {
    // Its history begins later than it does: which steps led to its first record is told by its entries alone.
    compareFields(compare, ['status', 'updatedAt'], payout, { ...payout, status: last.to, updatedAt: last.at });
    return;
  }
  const again = takeAgain(compare, payout, records);
  if (!again) return;
  compareFields(compare, FIELDS, payout, again.payout, 'by its history, ');
  const expected = new Map(again.entries.map((entry) => [entry.entryId, entry.postedAt]));
  for (const { entryId, postedAt } of entries) {
    compare(`entry ${entryId} by its history`, postedAt, expected.get(entryId) ?? UNACCOUNTED);
    expected.delete(entryId);
  }
  for (const [entryId, postedAt] of expected) compare(`entry ${entryId} by its history`, MISSING, postedAt);
}

/** The payout that the steps of its history lead to, and their entries; `undefined` at a step that could not be taken. */
function takeAgain(
  compare: Compare,
  stored: Payout,
  records: readonly PayoutRecord[],
): { readonly payout: Payout; readonly entries: readonly JournalEntry[] } | undefined {
  const { payoutId, programId, partnerId, statementId, runId, currency, amountMinor, createdAt } = stored;
  const content = { payoutId, programId, partnerId, statementId, runId, currency, amountMinor };
  let payout: Payout = { ...content, status: 'created', createdAt, updatedAt: createdAt };
  const entries: JournalEntry[] = [];
  for (const { sequence, step, at, to } of records) {
    const next = changeBy(payout, step, at);
    compare(`change ${sequence}, ${step.type} leads to`, to, next?.payout.status ?? UNACCOUNTED);
    if (!next) return undefined;
    payout = next.payout;
    if (next.entry) entries.push(next.entry);
  }
  return { payout, entries };
}

function changeBy(...given: Parameters<typeof applyStep>): ReturnType<typeof applyStep> {
  try {
    return applyStep(...given);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
