import { Failure } from '#shared/application/failure';
import type { Journal } from '#shared/application/payouts/ledger-ports';
import type { Clock } from '#shared/application/ports';
import type { Program } from '#shared/application/programs';
import { toInstant } from '#shared/domain/instant';
import type { JournalEntry } from '#shared/domain/journal';
import { toCsv } from './journal-csv.ts';
import { toHledger } from './journal-hledger.ts';

/** About 4 MB as text: a Lambda answer holds 6 MB. */
const MAX_ENTRIES = 15_000;
const MONTHS_A_YEAR = 12;

export type ExportLedger = (input: {
  readonly programId: string;
  readonly format: 'hledger' | 'csv';
  /** UTC dates `YYYY-MM-DD` of posting, both inclusive. Default: from the first entry to now. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
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
    const first = later(from, program.createdAt.slice(0, 10));
    const last = to ?? toInstant(deps.clock()).slice(0, 10);
    if (from !== undefined && to !== undefined && from > to) {
      throw new Failure('invalid_request', 'Let the range end on or after the day it starts.', {
        errors: [{ pointer: 'query:to', rule: 'must not be before `from`' }],
      });
    }
    const entries: JournalEntry[] = [];
    for (const month of monthsBetween(first.slice(0, 7), last.slice(0, 7))) {
      for await (const entry of deps.journal.ofMonth(programId, month)) {
        const date = entry.postedAt.slice(0, 10);
        if (date < first || date > last) continue;
        entries.push(entry);
        if (entries.length > MAX_ENTRIES) throw tooLarge();
      }
    }
    return format === 'csv' ? toCsv(entries) : toHledger(program, entries);
  };
}

function tooLarge(): Failure {
  return new Failure('invalid_request', `One export holds at most ${MAX_ENTRIES} entries: ask for a shorter range.`, {
    errors: [{ pointer: 'query:from', rule: `must leave at most ${MAX_ENTRIES} entries` }],
  });
}

function later(given: string | undefined, floor: string): string {
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
