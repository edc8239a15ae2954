import type { Currency } from '../money/money.ts';
import type { Instant } from '../time/instant.ts';
import {
  CASH,
  type EntryKind,
  type JournalEntry,
  journalEntry,
  PAYOUTS_IN_TRANSIT,
  payableAccount,
  payableChange,
  transfer,
} from './journal.ts';
import { type ChangeOrigin, originOf, type PayoutRecord } from './payout-history.ts';

export type PayoutStatus = 'created' | 'submitting' | 'submitted' | 'unknown' | 'settled' | 'failed' | 'returned';

/**
 * Why a payout waits in `created`. `payee_changed`: bank details were changed after the approvers saw the run;
 * `payee_cooling_down`: they were changed too short a time ago; `currency_unsupported`: the payee's rail does not pay it;
 * `rail_not_set_up`: the programme has not said by which account that rail pays; `held`: a person keeps the partner's payouts back;
 * `amount_above_rail_limit`: its rail or the rail's file has no room for the amount, which is never cut.
 */
export const BLOCKED_REASONS = [
  'payee_incomplete',
  'payee_changed',
  'payee_cooling_down',
  'currency_unsupported',
  'rail_not_set_up',
  'held',
  'amount_above_rail_limit',
] as const;
export type BlockedReason = (typeof BLOCKED_REASONS)[number];

export const PAYOUT_RAILS = ['bank_file', 'nacha', 'stripe', 'paypal', 'sandbox'] as const;
export type PayoutRail = (typeof PAYOUT_RAILS)[number];
/** Rails of which a run writes a file for the bank; the others are asked payout by payout. */
export const FILE_RAILS = ['bank_file', 'nacha'] as const satisfies readonly PayoutRail[];
export type FileRail = (typeof FILE_RAILS)[number];

export function isFileRail(rail: PayoutRail | undefined): rail is FileRail {
  return FILE_RAILS.some((one) => one === rail);
}

export type Payout = {
  /** Also the idempotency key at the rail, kept for ever. */
  readonly payoutId: string;
  readonly programId: string;
  readonly partnerId: string;
  readonly statementId: string;
  /** The run whose statement it pays. */
  readonly runId: string;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly status: PayoutStatus;
  /** Why it waits in `created`. */
  readonly blockedReason?: BlockedReason | undefined;
  readonly rail?: PayoutRail | undefined;
  /** The run in which it went to its rail: later than `runId` when it had to wait. */
  readonly submissionRunId?: string | undefined;
  /** The payee that it was handed over for; absent in payouts from before it was kept. */
  readonly payeeId?: string | undefined;
  /** In the bank file, at most 35 characters. */
  readonly endToEndId?: string | undefined;
  readonly railReference?: string | undefined;
  /** What the rail gave as reason of a failure or return. */
  readonly reason?: string | undefined;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** When its amount stopped to be reserved: submitted or failed. */
  readonly reservedUntil?: Instant | undefined;
  /** How many records its history holds; absent before its first change, and in payouts from before there was a history. */
  readonly changes?: number | undefined;
};

/** Statuses in which the amount is reserved in the partner's balance and still part of what we owe. */
export const RESERVED_STATUSES: ReadonlySet<PayoutStatus> = new Set(['created', 'submitting', 'unknown']);

export type PayoutStep =
  /** About to be handed to the rail. */
  | {
      readonly type: 'claim';
      readonly rail: PayoutRail;
      readonly runId: string;
      readonly payeeId?: string | undefined;
      readonly endToEndId?: string | undefined;
    }
  /** Not to be paid by this run. Of what was claimed for a bank file only the payouts that are in no file may be kept back. */
  | { readonly type: 'keep_back'; readonly runId: string; readonly blockedReason: BlockedReason }
  | { readonly type: 'accepted'; readonly reference?: string | undefined }
  /** The rail refused: it moved and will move nothing. */
  | { readonly type: 'rejected'; readonly reason?: string | undefined }
  /** About to be offered to its rail again, with the same key: until an answer is recorded a request may be under way. */
  | { readonly type: 'ask_again'; readonly runId: string }
  /** No answer: nobody knows yet whether the rail has it. */
  | { readonly type: 'no_answer' }
  | { readonly type: 'settled' }
  | { readonly type: 'failed'; readonly reason?: string | undefined }
  | { readonly type: 'returned'; readonly reason?: string | undefined };

/** A change of a payout with all that must be stored together with it. */
export type PayoutChange = {
  readonly from: PayoutStatus;
  readonly payout: Payout;
  readonly entry?: JournalEntry | undefined;
  readonly payableDeltaMinor: bigint;
  readonly reservedDeltaMinor: bigint;
  /** What the payout's history holds of this change. */
  readonly record: PayoutRecord;
};

type Move = Omit<PayoutChange, 'record'>;

/**
 * What a step makes of a payout; `undefined` when the step says nothing new (a repeat, or a report that a later
 * one has overtaken), so that it changes nothing. Source: design.md, Closing a month and Ledger accounts.
 *
 * A report on a payout whose acceptance was not yet recorded implies that acceptance: apply `accepted` first.
 * @throws RangeError for a report on a payout that was never handed to its rail.
 */
export function applyStep(
  payout: Payout,
  step: PayoutStep,
  at: Instant,
  origin: ChangeOrigin = originOf(payout, step),
): PayoutChange | undefined {
  const move = moveOf(payout, step, at);
  if (!move) return undefined;
  const sequence = (payout.changes ?? 0) + 1;
  const record = { sequence, from: payout.status, to: move.payout.status, at, step, ...origin };
  return { ...move, payout: { ...move.payout, changes: sequence }, record };
}

function moveOf(payout: Payout, step: PayoutStep, at: Instant): Move | undefined {
  switch (step.type) {
    case 'claim':
      return payout.status === 'created' ? claim(payout, step, at) : undefined;
    case 'keep_back':
      return keepBack(payout, step, at);
    case 'accepted':
      return isPending(payout.status) ? accept(payout, step.reference, at) : undefined;
    case 'rejected':
      return isPending(payout.status) ? endReservation(payout, step.reason, at) : undefined;
    case 'ask_again':
      if (!isPending(payout.status) || isFileRail(payout.rail)) return undefined;
      return change(payout, { status: 'submitting', updatedAt: at });
    case 'no_answer':
      return payout.status === 'submitting' ? change(payout, { status: 'unknown', updatedAt: at }) : undefined;
    case 'settled':
      assertHandedOver(payout, step);
      return payout.status === 'submitted' ? settle(payout, at) : undefined;
    case 'failed':
      assertHandedOver(payout, step);
      if (isPending(payout.status)) return endReservation(payout, step.reason, at);
      return payout.status === 'submitted' ? giveBack(payout, 'failed', step.reason, at) : undefined;
    case 'returned':
      assertHandedOver(payout, step);
      if (payout.status !== 'submitted' && payout.status !== 'settled') return undefined;
      return giveBack(payout, 'returned', step.reason, at);
  }
}

/** Handed to the rail, acceptance not recorded. */
export function isPending(status: PayoutStatus): boolean {
  return status === 'submitting' || status === 'unknown';
}

function assertHandedOver(payout: Payout, step: PayoutStep): void {
  if (payout.status === 'created') throw new RangeError(`${payout.payoutId}: ${step.type} before it was submitted`);
}

function claim(payout: Payout, step: PayoutStep & { type: 'claim' }, at: Instant): Move {
  return change(payout, {
    status: 'submitting',
    blockedReason: undefined,
    rail: step.rail,
    submissionRunId: step.runId,
    payeeId: step.payeeId,
    endToEndId: step.endToEndId,
    updatedAt: at,
  });
}

/** What was handed to another rail than a file may be with it already: it is never taken back. */
function keepBack(
  payout: Payout,
  { runId, blockedReason }: PayoutStep & { type: 'keep_back' },
  at: Instant,
): Move | undefined {
  const isClaimedForFile =
    payout.status === 'submitting' && isFileRail(payout.rail) && payout.submissionRunId === runId;
  if (payout.status !== 'created' && !isClaimedForFile) return undefined;
  if (payout.status === 'created' && payout.blockedReason === blockedReason) return undefined;
  const unclaimed = { rail: undefined, submissionRunId: undefined, payeeId: undefined, endToEndId: undefined };
  return change(payout, { ...unclaimed, status: 'created', blockedReason, updatedAt: at });
}

function accept(payout: Payout, reference: string | undefined, at: Instant): Move {
  const entry = entryOf(payout, 'submission', [payableAccount(payout.partnerId), PAYOUTS_IN_TRANSIT], at);
  const next = { status: 'submitted', railReference: reference, reservedUntil: at, updatedAt: at } as const;
  return change(payout, next, entry, -payout.amountMinor);
}

function endReservation(payout: Payout, reason: string | undefined, at: Instant): Move {
  const next = { status: 'failed', reason, reservedUntil: at, updatedAt: at } as const;
  return change(payout, next, undefined, -payout.amountMinor);
}

function settle(payout: Payout, at: Instant): Move {
  return change(
    payout,
    { status: 'settled', updatedAt: at },
    entryOf(payout, 'settlement', [PAYOUTS_IN_TRANSIT, CASH], at),
  );
}

/** The money is back: from the rail's hands, or from the bank when it had settled. */
function giveBack(payout: Payout, status: 'failed' | 'returned', reason: string | undefined, at: Instant): Move {
  const source = payout.status === 'settled' ? CASH : PAYOUTS_IN_TRANSIT;
  const kind = status === 'failed' ? 'failure' : 'return';
  const entry = entryOf(payout, kind, [source, payableAccount(payout.partnerId)], at);
  return change(payout, { status, reason, updatedAt: at }, entry);
}

const ENTRY_PREFIX = { submission: 'submit', settlement: 'settle', failure: 'fail', return: 'return' } as const;
const DESCRIPTION = {
  submission: 'Payout submitted',
  settlement: 'Payout settled',
  failure: 'Payout failed after acceptance',
  return: 'Payout returned',
} as const;

function entryOf(
  payout: Payout,
  kind: Exclude<EntryKind, 'statement'>,
  [debit, credit]: readonly [debit: string, credit: string],
  at: Instant,
): JournalEntry {
  const takesBack = kind === 'failure' || kind === 'return';
  return journalEntry({
    entryId: `${ENTRY_PREFIX[kind]}~${payout.payoutId}`,
    programId: payout.programId,
    partnerId: payout.partnerId,
    postedAt: at,
    kind,
    currency: payout.currency,
    postings: transfer(debit, credit, payout.amountMinor),
    links: {
      statementId: payout.statementId,
      payoutId: payout.payoutId,
      ...(takesBack ? { reverses: `submit~${payout.payoutId}` } : {}),
    },
    description: `${DESCRIPTION[kind]}: ${payout.payoutId}`,
  });
}

function change(
  payout: Payout,
  next: Partial<Payout>,
  entry?: JournalEntry | undefined,
  reservedDeltaMinor = 0n,
): Move {
  return {
    from: payout.status,
    payout: { ...payout, ...next },
    entry,
    payableDeltaMinor: entry ? payableChange(entry) : 0n,
    reservedDeltaMinor,
  };
}
