import { createHash } from 'node:crypto';
import type { KnownThings } from './known-things.ts';
import { columnOf, type Problem, type Reading, type ReadyLine, readLine } from './read-line.ts';
import { type CsvFile, readRows } from './read-rows.ts';

/** The whole file is held by key and digest alone: some 100 MB for this many lines. */
const MAX_LINES = 2_000_000;

export type CheckedFile = {
  /** Lines that can be sent, those that repeat another included. */
  readonly good: number;
  /** Lines with something wrong, by number. */
  readonly bad: ReadonlySet<number>;
  readonly repeated: number;
  readonly warnings: number;
  /** SHA-256 of what would be sent, in its order, and of what would be left out: what was bad may be good by the next time. */
  readonly digest: string;
};

/**
 * Reads the whole file without sending anything: every line by the rules of the API, keys that come twice with other
 * content, and what the programme does not know. Each problem goes to `onProblem`.
 */
export async function checkFile(
  file: CsvFile,
  reading: Reading,
  deps: {
    readonly known: KnownThings;
    readonly onProblem: (problem: Problem, isWarning: boolean) => void;
  },
): Promise<CheckedFile> {
  const digest = createHash('sha256');
  const contents = new Map<string, { readonly line: number; readonly content: string }>();
  const bad = new Set<number>();
  const count = { lines: 0, repeated: 0, warnings: 0 };
  const refuse = (problem: Problem): void => {
    bad.add(problem.line);
    deps.onProblem(problem, false);
  };
  const named = (problem: Problem): Problem => ({ ...problem, column: columnOf(reading, file, problem.column) });
  const take = (line: ReadyLine): void => {
    const content = createHash('sha256').update(JSON.stringify(line.body)).digest('base64');
    digest.update(`${line.line} ${content}\n`);
    const before = contents.get(line.key);
    if (!before) contents.set(line.key, { line: line.line, content });
    else if (before.content === content) count.repeated += 1;
    else
      refuse({
        ...line,
        column: columnOf(reading, file, reading.kind.key),
        rule: `was in line ${before.line} with other content`,
      });
    for (const { isWarning, ...found } of deps.known.problemsOf(line)) {
      const problem = named(found);
      if (isWarning) {
        count.warnings += 1;
        deps.onProblem(problem, true);
      } else refuse(problem);
    }
  };
  for await (const row of readRows(file)) {
    count.lines += 1;
    if (count.lines > MAX_LINES)
      throw new Error(`The file has more than ${MAX_LINES} lines. Split it; parts can be sent in any order.`);
    const read = readLine(reading, file, row);
    if (!('problems' in read)) take(read);
    else {
      for (const problem of read.problems) refuse(problem);
      for (const { isWarning, ...found } of deps.known.problemsOf(read)) if (!isWarning) refuse(named(found));
    }
  }
  for (const problem of await deps.known.laterProblems()) refuse(named(problem));
  for (const line of bad) digest.update(`without ${line}\n`);
  const { lines, repeated, warnings } = count;
  return { good: lines - bad.size, bad, repeated, warnings, digest: digest.digest('hex') };
}
