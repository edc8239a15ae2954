import type { BankEntries, StoredEntry } from '#shared/application/payouts/bank-reports/bank-report-ports';
import type { PayoutResolutions } from '#shared/application/payouts/ledger/ledger-ports';
import { isFileRail, type Payout, type PayoutStep } from '#shared/domain/ledger/payout';
import type { PayoutRecord } from '#shared/domain/ledger/payout-history';
import { type Compare, MISSING, UNACCOUNTED } from './verify-differences.ts';

export type EvidenceReaders = {
  readonly resolutions: Pick<PayoutResolutions, 'ofPayout'>;
  readonly bankEntries: Pick<BankEntries, 'getMany'>;
};

/** A file answers nothing: how it ended, a bank or people said. */
const ENDS: ReadonlySet<PayoutStep['type']> = new Set(['settled', 'failed', 'returned']);

/**
 * Compares what a payout's history rests on with what is stored of it. What people's evidence moved was proposed by one and confirmed by
 * another; what a bank's message moved is an entry of it, and what that gave back was confirmed by somebody else than who brought it in.
 */
export async function verifyPayoutEvidence(
  readers: EvidenceReaders,
  compare: Compare,
  payout: Payout,
  records: readonly PayoutRecord[],
): Promise<void> {
  for (const { sequence, step, evidence } of records) {
    const isSaid = evidence?.source === 'person' || evidence?.source === 'bank_report';
    if (isFileRail(payout.rail) && ENDS.has(step.type) && !isSaid) {
      compare(`change ${sequence}, its evidence`, evidence?.source ?? MISSING, 'bank_report');
    }
  }
  await comparePeople(readers, compare, payout, records);
  await compareBanks(readers, compare, payout, records);
}

async function comparePeople(
  { resolutions }: Pick<EvidenceReaders, 'resolutions'>,
  compare: Compare,
  { programId, payoutId }: Payout,
  records: readonly PayoutRecord[],
): Promise<void> {
  const byPeople = records.filter(({ evidence }) => evidence?.source === 'person');
  const all = byPeople.length === 0 ? [] : await resolutions.ofPayout(programId, payoutId);
  for (const { sequence, by, evidence } of byPeople) {
    const own = all.find(({ resolutionId }) => resolutionId === evidence?.resolutionId);
    compare(`change ${sequence}, its resolution`, own?.status ?? MISSING, 'confirmed');
    compare(`change ${sequence}, confirmed by`, by, own?.decision?.by ?? UNACCOUNTED);
    compare(`change ${sequence}, proposed by`, evidence?.proposedBy, own?.proposedBy ?? UNACCOUNTED);
    const isOne = by === own?.proposedBy || by === own?.onBehalfOf;
    if (isOne) compare(`change ${sequence}, people behind it`, 1, 2);
  }
}

async function compareBanks(
  { bankEntries }: Pick<EvidenceReaders, 'bankEntries'>,
  compare: Compare,
  { programId, payoutId, currency }: Payout,
  records: readonly PayoutRecord[],
): Promise<void> {
  const byBank = records.filter(({ evidence }) => evidence?.source === 'bank_report');
  const ids = new Set(byBank.flatMap(({ evidence }) => evidence?.reference ?? []));
  const found = ids.size === 0 ? [] : await bankEntries.getMany(programId, [...ids]);
  for (const { sequence, step, by, evidence } of byBank) {
    const own = found.find(({ entryId }) => entryId === evidence?.reference);
    const named = (what: string): string => `change ${sequence}, ${what}`;
    compare(named('its bank entry is of'), own?.payoutId ?? MISSING, payoutId);
    if (!own) continue;
    compare(named('its bank entry, currency'), own.currency ?? currency, currency);
    compare(named('its bank report'), evidence?.documentSha256, own.reportId);
    compare(named('said by'), by, saidBy(own));
    if (step.type !== 'failed' && step.type !== 'returned') continue;
    compare(named('its bank entry is decided'), own.decision?.decision ?? MISSING, 'confirm');
    if (own.decision?.by === own.proposedBy) compare(named('people behind it'), 1, 2);
  }
}

function saidBy({ decision, proposedBy }: StoredEntry): string {
  return decision?.by ?? proposedBy;
}
