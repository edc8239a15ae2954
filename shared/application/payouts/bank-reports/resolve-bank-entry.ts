import { Failure } from '#shared/application/failure';
import type { BankEntries, StoredEntry } from '#shared/application/payouts/bank-reports/bank-report-ports';
import type { Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { Clock } from '#shared/application/ports';
import { type BankEntry, weighBankEntry } from '#shared/domain/bank/bank-entry';
import { parseStatementId } from '#shared/domain/ledger/money-ids';
import type { Payout } from '#shared/domain/ledger/payout';
import { toInstant } from '#shared/domain/time/instant';
import type { BookBankEntry } from './book-bank-entry.ts';
import { meaningOf } from './record-bank-entry.ts';

export type Resolution =
  | { readonly action: 'handled'; readonly note: string }
  | { readonly action: 'match'; readonly payoutId: string; readonly note: string };

type Asked = {
  readonly programId: string;
  readonly entryId: string;
  readonly by: string;
  /** Partners that the caller acts for. */
  readonly ownPartners: readonly string[];
};

type Deps = {
  readonly entries: Pick<BankEntries, 'get' | 'replace'>;
  readonly payouts: Pick<Payouts, 'get'>;
  readonly book: BookBankEntry;
  readonly clock: Clock;
};

/**
 * What a person says of an entry that matched nothing: it is handled elsewhere, or it is about this payout. Matched by hand it
 * means what it would have meant by its reference: a settlement is booked at once, what gives money back waits for a second
 * person. Of a return the bank may have kept its charges: it may be less than the payout, never more.
 * @throws Failure not_found, bank_entry_closed, bank_entry_differs (with the `rule`), second_person_required for one's own partner
 */
export function makeResolveBankEntry(deps: Deps): (input: Asked & Resolution) => Promise<StoredEntry> {
  return async (input) => {
    const entry = await found(deps, input);
    if (entry.status !== 'unmatched') {
      const booked = await deps.book(entry);
      if (entry.resolvedBy === input.by && entry.note === input.note) return booked;
      throw closed(booked);
    }
    const resolved = {
      ...entry,
      resolvedBy: input.by,
      resolvedAt: toInstant(deps.clock()),
      note: input.note,
      version: entry.version + 1,
    };
    const next: StoredEntry =
      input.action === 'handled'
        ? { ...resolved, status: 'handled' }
        : { ...resolved, proposedBy: input.by, decision: undefined, ...(await matched(input, entry)) };
    if ((await deps.entries.replace(next)) !== 'applied') throw closed(await found(deps, input));
    return deps.book(next);
  };

  async function matched(input: Asked & Extract<Resolution, { action: 'match' }>, entry: StoredEntry) {
    const payout = await deps.payouts.get(input.programId, input.payoutId);
    if (!payout) {
      throw new Failure('not_found', `There is no payout ${input.payoutId}; GET .../payouts lists them.`, {
        errors: [{ pointer: '/payoutId', rule: 'must be the id of a payout' }],
      });
    }
    assertNotOwn(input, payout.payoutId);
    const meaning = meaningOf(weighBankEntry(byHand(entry, payout), payout), payout);
    if (meaning.rule === undefined && meaning.status !== 'no_change') return meaning;
    const rule = meaning.rule ?? 'contradicts_payout';
    throw new Failure('bank_entry_differs', `The entry cannot be about this payout: ${rule}. ${payoutWords(payout)}`, {
      errors: [{ pointer: '/payoutId', rule: `must be a payout that the entry fits: ${rule}` }],
      extra: { rule },
    });
  }
}

/** The person's word stands for the reference. Without an amount nothing settles by hand. */
function byHand(entry: StoredEntry, payout: Payout): BankEntry {
  const { rule: _, amountMinor, says, ...rest } = entry;
  // Money on our account that nobody explained: that it is a return is what the person says.
  const meant = says === 'other' && entry.direction === 'credit' ? 'returned' : says;
  const isLess =
    meant === 'returned' && amountMinor !== undefined && amountMinor > 0n && amountMinor < payout.amountMinor;
  const lacks = amountMinor === undefined && meant !== 'rejected';
  return {
    ...rest,
    says: meant,
    reference: entry.reference ?? payout.payoutId,
    amountMinor: isLess ? payout.amountMinor : amountMinor,
    ...(lacks ? { rule: 'amount_unreadable' as const } : {}),
    ...(entry.rule === 'booked_twice' && meant === 'settled' ? { rule: 'booked_twice' as const } : {}),
  };
}

const payoutWords = ({ payoutId, status, currency, amountMinor }: Payout): string =>
  `Payout ${payoutId} is ${status}, of ${amountMinor} minor units of ${currency}. Match another one, or mark the entry as handled.`;

/**
 * Confirms or declines what gives money back, as a second person: never who sent the report or matched the entry, nor who acts
 * for the partner. Anybody may decline: then the entry is listed as unmatched, and nothing has moved. One decision ends it, and
 * the same by the same person again changes nothing, but finishes what a crash left.
 * @throws Failure not_found, second_person_required, bank_entry_closed
 */
export function makeDecideBankEntry(
  deps: Deps,
): (
  input: Asked & { readonly decision: 'confirm' | 'decline'; readonly comment?: string | undefined },
) => Promise<StoredEntry> {
  return async (input) => {
    const entry = await found(deps, input);
    const { decision, by, comment } = input;
    if (entry.status !== 'awaiting_confirmation') {
      const booked = await deps.book(entry);
      if (entry.decision?.by === by && entry.decision.decision === decision) return booked;
      throw closed(booked);
    }
    if (decision === 'confirm' && entry.proposedBy === by) {
      throw new Failure('second_person_required', 'You brought this entry in: ask somebody else to confirm it.');
    }
    if (entry.payoutId !== undefined) assertNotOwn(input, entry.payoutId);
    const said = { decision, by, at: toInstant(deps.clock()), ...(comment === undefined ? {} : { comment }) };
    const declined = { status: 'unmatched', rule: 'declined' } as const;
    const next: StoredEntry = {
      ...entry,
      ...(decision === 'confirm' ? { status: 'confirmed' as const } : declined),
      decision: said,
      version: entry.version + 1,
    };
    if ((await deps.entries.replace(next)) !== 'applied') throw closed(await found(deps, input));
    return deps.book(next);
  };
}

async function found(deps: Pick<Deps, 'entries'>, { programId, entryId }: Asked): Promise<StoredEntry> {
  const entry = await deps.entries.get(programId, entryId);
  if (entry) return entry;
  throw new Failure('not_found', `There is no bank entry ${entryId}; GET .../bank-report-entries lists them.`, {
    errors: [{ pointer: 'path:entryId', rule: 'must be the id of an entry of a bank report' }],
  });
}

/** A payout's id names its partner. */
function assertNotOwn({ ownPartners }: Asked, payoutId: string): void {
  const partnerId = parseStatementId(payoutId.replace(/^po~/, ''))?.partnerId;
  if (partnerId !== undefined && !ownPartners.includes(partnerId)) return;
  throw new Failure('second_person_required', 'You act for the partner of this payout: ask somebody else.');
}

function closed({ entryId, status }: StoredEntry): Failure {
  return new Failure('bank_entry_closed', `The entry ${entryId} is ${status}: there is nothing to do here.`, {
    extra: { entryStatus: status },
  });
}
