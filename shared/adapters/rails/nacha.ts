import { timeZoneOf } from '#shared/adapters/time-zones';
import type {
  AchAccount,
  AchFileFormat,
  AchOriginator,
  FileContent,
} from '#shared/application/payouts/paying/file-rail';
import { MAX_ACH_AMOUNT_MINOR } from '#shared/domain/ledger/rail-limits';
import { wallClockOf } from '#shared/domain/time/calendar';
import { type Instant, toEpochMs } from '#shared/domain/time/instant';
import { nextUsBankingDay } from '#shared/domain/time/us-banking-days';
import { toEpcText } from './epc-characters.ts';
import { BLOCKING_FACTOR, RECORD_LENGTH, toRecord } from './nacha-records.ts';

/** Six digits count the entries of a batch, seven number those of a file, twelve hold the cents of either. */
const MAX_BATCH_ENTRIES = 999_999;
const MAX_FILE_ENTRIES = 9_999_999;
const MAX_FILE_SUM_MINOR = 999_999_999_999n;

const CREDITS_ONLY = 220;
const CREDIT_TO = { checking: 22, savings: 32 } as const;
const MAX_NAME = 22;
const MAX_END_TO_END_ID = 15;
const DFI_DIGITS = 8;
const HASH_DIGITS = 10;
const MODIFIERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
/** The clock of the Federal Reserve's ACH operator. */
const OPERATOR_TIME_ZONE = 'America/New_York';
const FILLER = '9'.repeat(RECORD_LENGTH);

/** Words by which a holder's name says that it is no person. */
const LEGAL_FORMS =
  /(^|[ ,(])(inc|incorporated|llc|l\.l\.c|corp|corporation|co|company|ltd|limited|lp|llp|pllc|pc|plc|gmbh|foundation|trust|association|partners|group|holdings)\b\.?/i;

type Content = FileContent<AchOriginator, AchAccount>;
type Entry = Content['payments'][number];
type EntryClass = 'PPD' | 'CCD';

/**
 * A file of credits for the Automated Clearing House: a batch for persons (PPD) and one for organisations (CCD).
 * A holder whose name has a legal form is an organisation. Dated on the clock of New York, effective on the next
 * banking day after it; the individual identification number is the payout's end-to-end id, which a return repeats.
 * Source: Nacha Operating Rules, Appendix Three.
 */
export const nacha: AchFileFormat = {
  rail: 'nacha',
  name: 'nacha',
  mediaType: 'text/plain',
  extension: 'ach',
  stem: 'nacha',
  maxPayments: MAX_FILE_ENTRIES,
  maxSumMinor: MAX_FILE_SUM_MINOR,
  render: (content) => {
    assertSayable(content);
    const date = wallDate(content.createdAt);
    const records = [fileHeader(content, date)];
    const sums = [];
    let entryNumber = 0;
    for (const { entryClass, entries } of batchesOf(content.payments)) {
      const batchNumber = sums.length + 1;
      records.push(batchHeader(content, entryClass, batchNumber, date));
      for (const entry of entries) {
        entryNumber += 1;
        records.push(entryDetail(content.payer, entry, entryNumber));
      }
      const sum = sumOf(entries);
      records.push(batchControl(content.payer, sum, batchNumber));
      sums.push(sum);
    }
    const blocks = Math.ceil((records.length + 1) / BLOCKING_FACTOR);
    records.push(fileControl(sums, blocks));
    while (records.length < blocks * BLOCKING_FACTOR) records.push(FILLER);
    return `${records.join('\n')}\n`;
  },
  nameOf: () => 'nacha',
  endToEndIdsOf: (file) => entryDetailsOf(file).map(idOf),
  amountsOf: (file) => new Map(entryDetailsOf(file).map((record) => [idOf(record), BigInt(record.slice(29, 39))])),
};

function entryDetailsOf(file: string): readonly string[] {
  return file.split('\n').filter((record) => record.startsWith('6'));
}

function idOf(entryDetail: string): string {
  return entryDetail.slice(39, 39 + MAX_END_TO_END_ID).trimEnd();
}

/** PPD: to a person; CCD: to an organisation. Source: Nacha Operating Rules, Article Eight, definitions of the entry classes. */
export function entryClassOf(name: string): EntryClass {
  return LEGAL_FORMS.test(name) ? 'CCD' : 'PPD';
}

/** Persons first, each class in the order of the payments, in batches that six digits can count. */
function batchesOf(
  payments: readonly Entry[],
): readonly { readonly entryClass: EntryClass; readonly entries: readonly Entry[] }[] {
  return (['PPD', 'CCD'] as const).flatMap((entryClass) => {
    const all = payments.filter(({ creditor }) => entryClassOf(creditor.name) === entryClass);
    const count = Math.ceil(all.length / MAX_BATCH_ENTRIES);
    return Array.from({ length: count }, (_, index) => ({
      entryClass,
      entries: all.slice(index * MAX_BATCH_ENTRIES, (index + 1) * MAX_BATCH_ENTRIES),
    }));
  });
}

/** @throws RangeError for what the records have no room for */
function assertSayable({ currency, payments }: Content): void {
  if (currency !== 'USD') throw new RangeError(`a Nacha file pays US dollars, not ${currency}`);
  const ids = new Set(payments.map(({ endToEndId }) => endToEndId));
  if (ids.size !== payments.length) throw new RangeError('two payments have one end-to-end id');
  if (payments.length > MAX_FILE_ENTRIES) throw new RangeError(`${payments.length} payments are too many`);
  const tooLarge = payments.find(({ amountMinor }) => amountMinor <= 0n || amountMinor > MAX_ACH_AMOUNT_MINOR);
  if (tooLarge) throw new RangeError(`${tooLarge.endToEndId}: an entry cannot pay ${tooLarge.amountMinor} cents`);
  if (sumOf(payments).amountMinor > MAX_FILE_SUM_MINOR) throw new RangeError('the sum has more than twelve digits');
}

type Sum = { readonly count: number; readonly hash: bigint; readonly amountMinor: bigint };

function sumOf(entries: readonly Entry[]): Sum {
  return {
    count: entries.length,
    hash: entries.reduce((sum, { creditor }) => sum + BigInt(creditor.routingNumber.slice(0, DFI_DIGITS)), 0n),
    amountMinor: entries.reduce((sum, entry) => sum + entry.amountMinor, 0n),
  };
}

/** The rightmost ten digits of the sum of the banks that are paid. */
function hashField(sums: readonly Sum[]): bigint {
  return sums.reduce((total, { hash }) => total + hash, 0n) % 10n ** BigInt(HASH_DIGITS);
}

function fileHeader({ payer, messageId, ordinal }: Content, { date, time }: WallDate): string {
  return toRecord(
    [1, '1'],
    [2, '01'],
    [10, ` ${payer.immediateDestination ?? payer.originatingDfi}`],
    [10, (payer.immediateOrigin ?? payer.companyId).padStart(10)],
    [6, shortDate(date)],
    [4, time],
    [1, MODIFIERS.charAt(ordinal % MODIFIERS.length)],
    [3, RECORD_LENGTH],
    [2, BLOCKING_FACTOR],
    [1, '1'],
    [23, payer.bankName],
    [23, payer.companyName],
    // Ours to choose: finds the run of a file that somebody asks about.
    [8, messageId.slice(-8)],
  );
}

function batchHeader(content: Content, entryClass: EntryClass, batchNumber: number, { date }: WallDate): string {
  const { payer, messageId } = content;
  return toRecord(
    [1, '5'],
    [3, CREDITS_ONLY],
    [16, payer.companyName],
    [20, messageId.slice(0, 20)],
    [10, payer.companyId],
    [3, entryClass],
    [10, 'COMMISSION'],
    [6, shortDate(date)],
    [6, shortDate(nextUsBankingDay(date))],
    // The operator's settlement date.
    [3, ''],
    [1, '1'],
    [8, payer.originatingDfi.slice(0, DFI_DIGITS)],
    [7, batchNumber],
  );
}

function entryDetail(payer: AchOriginator, { creditor, amountMinor, endToEndId }: Entry, entryNumber: number): string {
  return toRecord(
    [1, '6'],
    [2, CREDIT_TO[creditor.accountType]],
    [9, creditor.routingNumber],
    [17, creditor.accountNumber],
    [10, amountMinor],
    [MAX_END_TO_END_ID, endToEndId],
    [MAX_NAME, nameOf(creditor)],
    [2, ''],
    [1, '0'],
    [8, payer.originatingDfi.slice(0, DFI_DIGITS)],
    [7, entryNumber],
  );
}

function batchControl(payer: AchOriginator, sum: Sum, batchNumber: number): string {
  return toRecord(
    [1, '8'],
    [3, CREDITS_ONLY],
    [6, sum.count],
    [HASH_DIGITS, hashField([sum])],
    [12, 0],
    [12, sum.amountMinor],
    [10, payer.companyId],
    [19, ''],
    [6, ''],
    [8, payer.originatingDfi.slice(0, DFI_DIGITS)],
    [7, batchNumber],
  );
}

function fileControl(sums: readonly Sum[], blocks: number): string {
  return toRecord(
    [1, '9'],
    [6, sums.length],
    [6, blocks],
    [8, sums.reduce((total, { count }) => total + count, 0)],
    [HASH_DIGITS, hashField(sums)],
    [12, 0],
    [12, sums.reduce((total, { amountMinor }) => total + amountMinor, 0n)],
    [39, ''],
  );
}

type WallDate = { readonly date: string; readonly time: string };

function wallDate(at: Instant): WallDate {
  const wall = new Date(wallClockOf(toEpochMs(at), timeZoneOf(OPERATOR_TIME_ZONE))).toISOString();
  return { date: wall.slice(0, 10), time: wall.slice(11, 16).replace(':', '') };
}

/** `YYMMDD` */
function shortDate(date: string): string {
  return date.slice(2).replaceAll('-', '');
}

/** The characters of the SEPA schemes are all printable ASCII, which is what a field may hold. A mandatory one must not come out empty. */
function nameOf({ name }: AchAccount): string {
  return toEpcText(name, MAX_NAME) || 'NOT PROVIDED';
}
