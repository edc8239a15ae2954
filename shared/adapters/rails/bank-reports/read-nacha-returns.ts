import type { ReadReport } from '#shared/application/payouts/bank-reports/bank-report-ports';
import type { BankEntry } from '#shared/domain/bank/bank-entry';
import { refused } from './read-xml.ts';
import { reasonOf } from './reason-codes.ts';
import { clipped } from './report-fields.ts';

const RECORD_LENGTH = 94;
const RETURN_ADDENDA = '799';
const CHANGE_ADDENDA = '798';

/** Characters of a record by their positions, which NACHA counts from 1. */
const at = (record: string, from: number, to: number): string => record.slice(from - 1, to).trim();

export function isNacha(text: string): boolean {
  return /^101[ 0-9]/.test(text) && (text.split(/\r?\n/, 1)[0]?.length ?? 0) === RECORD_LENGTH;
}

/**
 * Return and notification-of-change entries of an ACH file: an entry detail record (6) with its addenda, 99 for a return with
 * its reason R.., 98 for a change with its code C... The individual id number is ours. What is to be corrected
 * holds bank details: it stays in the file. Source: NACHA operating rules, appendix three.
 */
export function readNachaReturns(text: string): ReadReport {
  const records = text.split(/\r?\n/).filter((line) => line !== '');
  const wrong = records.findIndex((record) => record.length !== RECORD_LENGTH);
  if (wrong >= 0)
    throw refused(`must have ${RECORD_LENGTH} characters in every record; record ${wrong + 1} has another length`);
  const header = records[0] ?? '';
  const items: BankEntry[] = [];
  records.forEach((record, index) => {
    if (!record.startsWith('6')) return;
    items.push(entryOf(record, records[index + 1] ?? ''));
  });
  // Date, time and modifier of the file, which number a bank's files of a day.
  return { kind: 'nacha_return', messageId: clipped(`ACH-${at(header, 24, 34)}`), items };
}

function entryOf(entry: string, addenda: string): BankEntry {
  const code = at(addenda, 4, 6);
  const isReturn = addenda.startsWith(RETURN_ADDENDA);
  const isChange = addenda.startsWith(CHANGE_ADDENDA);
  const digits = at(entry, 30, 39);
  const hasAmount = /^\d{10}$/.test(digits);
  return {
    says: isReturn ? 'returned' : isChange ? 'notice' : 'other',
    bankStatus: code || 'none',
    reference: at(entry, 40, 54) || undefined,
    // A notification of change moves nothing: its amount is zero.
    ...(isReturn && hasAmount ? { amountMinor: BigInt(digits), currency: 'USD' } : {}),
    bankReference: at(entry, 80, 94) || undefined,
    reason: isReturn || isChange ? reasonOf(code) : undefined,
    ...(isReturn && !hasAmount ? { rule: 'amount_unreadable' } : {}),
  };
}
