import type { JournalEntry } from '#shared/domain/ledger/journal';
import { applyStep, type Payout, type PayoutStatus, type PayoutStep } from '#shared/domain/ledger/payout';

type Way = readonly Extract<
  PayoutStep['type'],
  'accepted' | 'rejected' | 'no_answer' | 'settled' | 'failed' | 'returned'
>[];

/** The steps after its claim on which a payout comes to its status; where there are two, its entries tell which it took. */
const WAYS: Readonly<Record<PayoutStatus, readonly Way[]>> = {
  created: [],
  submitting: [[]],
  unknown: [['no_answer']],
  submitted: [['accepted']],
  settled: [['accepted', 'settled']],
  failed: [['rejected'], ['accepted', 'failed']],
  returned: [
    ['accepted', 'returned'],
    ['accepted', 'settled', 'returned'],
  ],
};

/** The entries that a payout must have by its status, made by the steps that book them. */
export function entriesOfPayout(
  created: Payout,
  stored: Payout,
  entries: readonly JournalEntry[],
): readonly JournalEntry[] {
  const present = new Set(
    entries.filter(({ links, kind }) => kind !== 'statement' && links.payoutId === stored.payoutId).map(idOf),
  );
  const possible = WAYS[stored.status].map((way) => entriesOn(way, created, stored));
  const apart = (expected: readonly JournalEntry[]): number => {
    const ids = new Set(expected.map(idOf));
    return [...ids, ...present].filter((id) => !ids.has(id) || !present.has(id)).length;
  };
  return possible.toSorted((a, b) => apart(a) - apart(b))[0] ?? [];
}

function idOf({ entryId }: JournalEntry): string {
  return entryId;
}

function entriesOn(way: Way, created: Payout, stored: Payout): readonly JournalEntry[] {
  const claim = {
    type: 'claim',
    rail: stored.rail ?? 'sandbox',
    runId: stored.submissionRunId ?? stored.runId,
  } as const;
  const steps: readonly PayoutStep[] = [claim, ...way.map((type) => ({ type }))];
  const entries: JournalEntry[] = [];
  let payout = created;
  for (const step of steps) {
    const change = applyStep(payout, step, stored.updatedAt);
    if (!change) throw new Error(`${created.payoutId} cannot take the step ${step.type}`);
    payout = change.payout;
    if (change.entry) entries.push(change.entry);
  }
  return entries;
}
