import { closeSync, openSync, writeSync } from 'node:fs';
import { csvOf, csvText } from '#shared/application/csv';
import type { Problem } from './read-line.ts';

export type ReportKind = 'bad' | 'warning' | 'refused';

/** Problems shown on the screen; all of them are in the file. */
const MAX_SHOWN = 20;
const HEADER = ['line', 'key', 'column', 'problem', 'kind'];

export type Report = {
  add(kind: ReportKind, problem: Problem): void;
  /** How many were added, and tells on the screen how many it did not show. */
  close(): number;
};

/** Every bad line with its reason: the first ones on the screen, all of them in a CSV file that is made when there is one. */
export function openReport(file: string): Report {
  let opened: number | undefined;
  let count = 0;
  return {
    add: (kind, { line, key, column, rule }) => {
      if (opened === undefined) {
        opened = openSync(file, 'w', 0o600);
        writeSync(opened, csvOf([HEADER]));
      }
      count += 1;
      writeSync(opened, csvOf([[String(line), csvText(key), csvText(column), csvText(rule), kind]]));
      if (count <= MAX_SHOWN)
        console.log(`  line ${line}${key === '' ? '' : ` (${key})`}: ${column === '' ? '' : `${column} `}${rule}`);
    },
    close: () => {
      if (opened !== undefined) closeSync(opened);
      opened = undefined;
      if (count > MAX_SHOWN) console.log(`  and ${count - MAX_SHOWN} more`);
      if (count > 0) console.log(`  all of it: ${file}`);
      return count;
    },
  };
}
