import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { giantOf, modelOf } from './close-model.ts';
import { cpuSecondsOfASale } from './close-reading.ts';
import type { Round } from './close-round.ts';
import { countOnEngine } from './close-units.ts';
import type { Figure } from './run.ts';

/** design.md, Budgets: write units a line, streaming. */
const UNITS_A_LINE = 1.2;
/** What nine tenths of the partners may leave on the heap of a map's function: noise of the collector. */
const KEPT_GROWTH_MB = 8;
const PARTNERS = 100_000;
const LINES = 1_000_000;
/** Two rounds are cut at different places, and come to the same bytes. */
const CALL_MS = [3_000, 1_700] as const;
const MAPS = ['compute', 'recount', 'post', 'submit'];
const MAX_OUTPUT_BYTES = 1_000_000;
/** A full CPU of Lambda against one of this machine, assumed: the slower half of it. */
const CPU_SHARE = 0.5;

type Measured = Round & { readonly lines: number; readonly pages: number; readonly pagesDigest: string };

async function roundOf(partners: number, callMs: number): Promise<Measured> {
  const file = join(import.meta.dirname, 'close-process.ts');
  const args = ['--expose-gc', '--max-old-space-size=1400', file, String(partners), String(callMs)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: MAX_OUTPUT_BYTES });
  return JSON.parse(stdout) as Measured;
}

/**
 * A month of 100,000 partners and a million lines, closed and paid twice by the use cases of the functions. Measured: rules, use
 * cases and their memory, with stores in a file in place of the tables; units and calls: of the real adapters, on the engine,
 * for a small month. The time of ten million lines on AWS is modelled from those counts.
 */
export async function run(): Promise<Figure[]> {
  const first = await roundOf(PARTNERS, CALL_MS[0]);
  const second = await roundOf(PARTNERS, CALL_MS[1]);
  const small = await countOnEngine(100, 5);
  const large = await countOnEngine(4, 1_000);
  const cpuOfASale = await cpuSecondsOfASale();
  for (const line of [...stagesOf(first), ...modelOf(small), ...giantOf(large, CPU_SHARE / cpuOfASale)]) {
    console.log(`  ${line}`);
  }
  return [
    ...identity(first, second),
    ...memory(first),
    unitsALine('write units a line, partners with ten lines', small.stages.get('compute')?.writeUnits, small.lines),
    unitsALine('write units a line, partners with 2,000 lines', large.stages.get('compute')?.writeUnits, large.lines),
    {
      name: 'CPU to read a sale and its first purchase',
      value: cpuOfASale * 1_000_000,
      unit: 'microseconds',
      ok: true,
    },
    {
      name: 'write units a payout: posted, submitted, and half of them by bank file',
      value: ['post', 'submit', 'write bank files'].reduce(
        (sum, stage) => sum + (small.stages.get(stage)?.writeUnits ?? Number.NaN) / small.partners,
        0,
      ),
      unit: 'write units',
      ok: true,
    },
  ];
}

function stagesOf({ stages }: Measured): readonly string[] {
  return stages.map(
    ({ name, seconds, calls, peakMb, peakMbAtTenth, keptMb, keptMbAtTenth }) =>
      `measured, stores in a file: ${name} ${seconds.toFixed(1)} s in ${calls} call(s); ` +
      `peak RSS ${peakMbAtTenth.toFixed(0)} MB at 10 %, ${peakMb.toFixed(0)} MB at 100 %; ` +
      `kept on the heap ${keptMbAtTenth.toFixed(0)} and ${keptMb.toFixed(0)} MB`,
  );
}

/** The same content hash, the same bank files and the same bytes of every page. */
function identity(first: Measured, second: Measured): readonly Figure[] {
  const bytes = ({ contentHash, files, pagesDigest, pages }: Measured): string =>
    JSON.stringify({ contentHash, files, pagesDigest, pages });
  const same = bytes(first) === bytes(second);
  return [
    {
      name: 'lines of statements, closed and paid twice',
      value: first.lines,
      unit: 'lines',
      ok: first.lines === LINES,
    },
    {
      name: 'rounds with the same content hash, pages and bank files, cut at different places',
      value: same ? 2 : 1,
      unit: 'of 2',
      budget: '2',
      ok: same && first.contentHash.length === 64 && Object.keys(first.files).length > 0,
    },
    {
      name: 'seconds of a whole round on this machine',
      value: first.stages.reduce((sum, { seconds }) => sum + seconds, 0),
      unit: 's',
      ok: true,
    },
  ];
}

function memory({ stages }: Measured): readonly Figure[] {
  return stages
    .filter(({ name }) => MAPS.includes(name))
    .map(({ name, keptMb, keptMbAtTenth }) => ({
      name: `${name}: heap kept at 100 % above that at 10 %`,
      value: keptMb - keptMbAtTenth,
      unit: 'MB',
      budget: `at most ${KEPT_GROWTH_MB}`,
      ok: keptMb - keptMbAtTenth <= KEPT_GROWTH_MB,
    }));
}

function unitsALine(name: string, units: number | undefined, lines: number): Figure {
  const value = (units ?? Number.NaN) / lines;
  return {
    name,
    value,
    unit: 'write units',
    budget: `at most ${UNITS_A_LINE}`,
    ok: value > 0 && value <= UNITS_A_LINE,
  };
}
