import { Failure } from '#shared/application/failure';
import type { Journal } from '#shared/application/payouts/ledger/ledger-ports';
import type { Clock } from '#shared/application/ports';
import type { Program } from '#shared/application/programs';
import type { JournalEntry } from '#shared/domain/ledger/journal';
import { type Instant, toInstant } from '#shared/domain/time/instant';
import { toCsv } from './journal-csv.ts';
import { toHledger } from './journal-hledger.ts';

/** About 4 MB as text: a Lambda answer holds 6 MB. */
const MAX_ENTRIES = 15_000;
const MONTHS_A_YEAR = 12;

export type ExportLedger = (input: {
  readonly programId: string;
  readonly format: 'hledger' | 'csv';
  /** Instants of posting, both inclusive. Default: from the first entry to now. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
}) => Promise<string>;

/**
 * The journal of a programme as text, ordered by the instant of posting (design.md, Ledger accounts).
 * @throws Failure unknown_program; invalid_request when the range is empty or holds more than one answer can
 */
export function makeExportLedger(deps: {
  journal: Pick<Journal, 'ofMonth'>;
  program(programId: string): Promise<Program>;
  clock: Clock;
}): ExportLedger {
  return async ({ programId, format, from, to }) => {
    const program = await deps.program(programId);
    const first = later(from, program.createdAt);
    const last = to ?? toInstant(deps.clock());
    if (from !== undefined && to !== undefined && from > to) {
      throw new Failure('invalid_request', 'Let the range end when it starts or later.', {
        errors: [{ pointer: 'query:to', rule: 'must not be before `from`' }],
      });
    }
    const entries: JournalEntry[] = [];
    for (const month of monthsBetween(first.slice(0, 7), last.slice(0, 7))) {
      for await (const entry of deps.journal.ofMonth(programId, month)) {
        if (entry.postedAt < first || entry.postedAt > last) continue;
        if (entries.length === MAX_ENTRIES) throw tooLarge(entry.postedAt);
        entries.push(entry);
      }
    }
    return format === 'csv' ? toCsv(entries) : toHledger(program, entries);
  };
}

/** `tooMuch`: when the first entry was posted that does not fit. */
function tooLarge(tooMuch: Instant): Failure {
  return new Failure(
    'invalid_request',
    `One export holds at most ${MAX_ENTRIES} entries, and this range has more from ${tooMuch} on. ` +
      'Narrow it with `from` and `to`, which take times such as 2026-02-02T12:00:00Z as well as dates.',
    { errors: [{ pointer: 'query:to', rule: `must be before ${tooMuch} to leave at most ${MAX_ENTRIES} entries` }] },
  );
}

function later(given: Instant | undefined, floor: Instant): Instant {
  return given !== undefined && given > floor ? given : floor;
}

function* monthsBetween(first: string, last: string): Generator<string> {
  let [year, month] = first.split('-').map(Number) as [number, number];
  for (let text = first; text <= last; text = `${year}-${String(month).padStart(2, '0')}`) {
    yield text;
    month += 1;
    if (month > MONTHS_A_YEAR) {
      month = 1;
      year += 1;
    }
  }
}
