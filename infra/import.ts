import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import * as z from 'zod';
import { type ApiClient, ApiProblem, makeApiClient } from './api-client.ts';
import { type CheckedFile, checkFile } from './import/check-file.ts';
import { openJournal } from './import/journal.ts';
import { type ImportKind, KIND_NAMES, kindOfColumns } from './import/kinds.ts';
import { knownThings } from './import/known-things.ts';
import { HelpWanted, type ImportOptions, readOptions } from './import/options.ts';
import { type Reading, type ReadyLine, readingOf, readLine } from './import/read-line.ts';
import { type CsvFile, openCsv, readRows } from './import/read-rows.ts';
import { openReport, type Report } from './import/report.ts';
import { sendLines } from './import/send-lines.ts';
import { progressBar } from './progress-bar.ts';

/** Exit 0 when every line is good or sent, 1 when lines are bad or were refused, 2 when nothing could be done, 130 when stopped. */
const HELP = `npm run import -- --program ID FILE.csv
Reads sales, refunds, partners, links or codes and says what is wrong with every line; then sends them, when a person says yes
or with --apply. Safe to repeat; one that ended half-way goes on.

  --apply              send without asking
  --kind KIND          sales, refunds, partners, links or codes; else told by the columns
  --map FIELD=COLUMN   a column that has another name
  --set FIELD=VALUE    one value for every line
  --ignore COLUMN      leave this column out; --ignore-others: all that have no field
  --skip-bad           send the good lines of a file with bad ones
  --time-zone ZONE     of times without an offset (default: the programme's)
  --report FILE        where problems are listed (default FILE.csv.report.csv)
  --data DIR           the local stack there (default .local)
  --api URL            any other service, with its key in TALLYSTICK_API_KEY`;

const FAULTY = 1;
const UNUSABLE = 2;
const STOPPED = 130;

const programSchema = z.object({
  name: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  tracking: z.object({ destinationHosts: z.array(z.string()) }).optional(),
});

try {
  process.exitCode = await run(readOptions(process.argv.slice(2), process.env));
} catch (error) {
  if (error instanceof HelpWanted) {
    console.log(HELP);
    process.exit(0);
  }
  console.error(`Could not import: ${error instanceof Error ? adviceFor(error) : String(error)}`);
  process.exitCode = UNUSABLE;
}

async function run(options: ImportOptions): Promise<number> {
  const csv = await openCsv(options.file);
  const kind = options.kind ?? kindOfColumns(fieldsOf(csv, options));
  if (!kind) throw new Error(`say with --kind what the file holds: ${KIND_NAMES.join(', ')}`);
  const api = makeApiClient(options.apiUrl, options.tokens.admin);
  const base = `/v1/programs/${encodeURIComponent(options.programId)}`;
  const program = programSchema.parse(await api.get(base));
  const context = { currency: program.currency, timeZone: options.timeZone ?? program.timeZone };
  const reading = readingOf(kind, csv, { ...options, context });
  console.log(
    `Reading ${kind.name} of ${program.name} from ${options.file} (times without an offset: ${context.timeZone}) ...`,
  );
  const report = openReport(options.report);
  const checked = await checkFile(csv, reading, {
    known: await knownThings(api, base, kind, program.tracking?.destinationHosts),
    onProblem: (problem, isWarning) => report.add(isWarning ? 'warning' : 'bad', problem),
  });
  tellChecked(checked, kind);
  if (checked.bad.size > 0 && !options.skipsBad) {
    report.close();
    console.log('Nothing was sent. Correct these lines, or send the good ones with --skip-bad.');
    return FAULTY;
  }
  const isSent = checked.good > 0 && (await isSendingWanted(options, checked, kind));
  const code = isSent ? await send(options, { csv, reading, checked, base, report }) : 0;
  report.close();
  return code === 0 && checked.bad.size > 0 ? FAULTY : code;
}

/** Fields that the file has or that are given for all lines, as normalised names. */
function fieldsOf(csv: CsvFile, { map, set }: ImportOptions): ReadonlySet<string> {
  const given = [...map.keys(), ...set.keys()].map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, ''));
  return new Set([...csv.columns.keys(), ...given]);
}

function tellChecked({ good, bad, repeated, warnings }: CheckedFile, kind: ImportKind): void {
  if (good + bad.size === 0) {
    console.log('The file has no line below its first one.');
    return;
  }
  const parts = [`${counted(good, kind.name)} can be sent`];
  if (repeated > 0) parts.push(`${repeated} of them repeat another line`);
  if (warnings > 0) parts.push(counted(warnings, 'warnings'));
  parts.push(counted(bad.size, 'bad lines'));
  console.log(`${parts.join(', ')}.`);
}

/** Every name here is made plural by an s. */
function counted(count: number, names: string): string {
  return `${count} ${count === 1 ? names.slice(0, -1) : names}`;
}

async function isSendingWanted(
  { isApplied, programId }: ImportOptions,
  { good }: CheckedFile,
  kind: ImportKind,
): Promise<boolean> {
  if (isApplied) return true;
  if (!process.stdin.isTTY) {
    console.log('This was a trial: nothing was sent. Repeat it with --apply to send.');
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Send ${counted(good, kind.name)} to ${programId}? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

type Sending = {
  readonly csv: CsvFile;
  readonly reading: Reading;
  readonly checked: CheckedFile;
  readonly base: string;
  readonly report: Report;
};

async function send(options: ImportOptions, { csv, reading, checked, base, report }: Sending): Promise<number> {
  const { kind } = reading;
  const api: ApiClient = makeApiClient(options.apiUrl, options.tokens[kind.sentBy]);
  const target = createHash('sha256').update(JSON.stringify([options.apiUrl, base, kind.name, checked.digest]));
  const journal = openJournal(options.journal, target.digest('hex'));
  const { through } = journal.state;
  if (through > 0) console.log(`An import of this file ended after line ${through}: it goes on from there.`);
  let isStopped = false;
  process.once('SIGINT', () => {
    isStopped = true;
  });
  const again = new Set(journal.state.refused);
  const lines = linesOf(csv, reading, (line) => !checked.bad.has(line) && (line > through || again.has(line)));
  const bar = progressBar(checked.good, kind.name);
  const ended = await sendLines(lines, {
    api,
    base,
    kind,
    from: journal.state,
    onProblem: (problem) => report.add('refused', problem),
    onState: (state) => {
      journal.save(state);
      bar.update(state.recorded + state.repeated + state.refused.length);
    },
    isStopped: () => isStopped,
  }).finally(() => bar.stop());
  const { recorded, repeated, refused } = ended;
  console.log(`${counted(recorded, kind.name)} recorded, ${repeated} were there before, ${refused.length} refused.`);
  if (isStopped) {
    console.log(`Stopped after line ${ended.through}. Run the same command again to go on.`);
    return STOPPED;
  }
  journal.end();
  return refused.length > 0 ? FAULTY : 0;
}

async function* linesOf(
  csv: CsvFile,
  reading: Reading,
  isWanted: (line: number) => boolean,
): AsyncGenerator<ReadyLine> {
  for await (const row of readRows(csv)) {
    if (!isWanted(row.line)) continue;
    const line = readLine(reading, csv, row);
    if (!('problems' in line)) yield line;
  }
}

function adviceFor(error: Error): string {
  if (error instanceof ApiProblem) {
    const isPassing = error.status >= 500;
    return isPassing ? `${error.message} Run the same command again later: it goes on where it ended.` : error.message;
  }
  if (error instanceof TypeError && error.message === 'fetch failed') {
    return 'nothing answers at the address of the API. Start the service, or check --api; then run the same command again: it goes on where it ended.';
  }
  return error.message;
}
