import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Figure } from './run.ts';

const PARTNERS = 1_000_000;
/** Modelled: each call of a table waits so long. */
const CALL_MS = 5;
/** Assumed, as in close-model.ts: what the SDK takes of a full CPU for a call, and a full CPU of Lambda against one of this machine. */
const CALL_CPU_MS = 1.1;
const CPU_SHARE = 0.5;
/** COMPUTE in infra/profiles.ts: a minute of its time is kept, and of its memory what Node needs beside the heap. */
const MAX_SECONDS = 840;
const MAX_MB = 1_769;
const KEY_UNITS_PER_SECOND = 1_000;

type Summary = {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
  readonly calls: Readonly<Record<string, number>>;
  readonly pageBytes: number;
};

async function summaryOf(partners: number): Promise<Summary> {
  const file = join(import.meta.dirname, 'summary-process.ts');
  const args = ['--max-old-space-size=1400', file, String(partners), String(CALL_MS)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as Summary;
}

/**
 * The summary and review of a run of a million partners, each paid the month before, in the one call of the function that it is.
 * Measured: rules, stored forms and memory, through the real adapters. Modelled: the tables, which answer generated items after
 * a fixed time; the SDK; and the CPU of Lambda.
 */
export async function run(): Promise<Figure[]> {
  const { seconds, cpuSeconds, peakMb, calls, pageBytes } = await summaryOf(PARTNERS);
  const count = Object.values(calls).reduce((sum, each) => sum + each, 0);
  const waited = Math.max(0, seconds - cpuSeconds);
  const sdk = (count * CALL_CPU_MS) / 1_000;
  const onLambda = waited + cpuSeconds / CPU_SHARE + sdk;
  const written = pageBytes / 1_024;
  for (const [name, each] of Object.entries(calls)) console.log(`  calls, counted: ${each} ${name}`);
  console.log(
    `  modelled: waited ${waited.toFixed(0)} s + ${cpuSeconds.toFixed(0)} s of CPU / ${CPU_SHARE} + ${count} calls x ${CALL_CPU_MS} ms = ${onLambda.toFixed(0)} s on Lambda`,
  );
  return [
    {
      name: `measured here, ${CALL_MS} ms a call modelled: summary of a million partners`,
      value: seconds,
      unit: 's',
      ok: true,
    },
    {
      name: 'modelled on Lambda: summary of a million partners',
      value: onLambda,
      unit: 's',
      budget: `at most ${MAX_SECONDS}`,
      ok: onLambda <= MAX_SECONDS,
    },
    { name: 'measured: peak resident set', value: peakMb, unit: 'MB', budget: `below ${MAX_MB}`, ok: peakMb < MAX_MB },
    {
      name: 'counted: write units of the review on its one partition',
      value: written / onLambda,
      unit: 'units a second',
      budget: `at most ${KEY_UNITS_PER_SECOND}`,
      ok: written / onLambda <= KEY_UNITS_PER_SECOND,
    },
  ];
}
