import { type ChildProcess, spawn } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '#test/support/local-stack';
import type { Figure } from './run.ts';

const root = join(import.meta.dirname, '../..');
const WAITING_BUDGET_S = 60;
const SECOND_START_BUDGET_S = 10;
const MEMORY_BUDGET_MB = 600;
const PATIENCE_MS = 180_000;
const SAMPLE_MS = 100;

/**
 * `npm start` on an empty machine: until the run of December 2010 waits for approval, and a second start on the same
 * data until it serves. Memory is the largest sum of resident sets over all its processes (Linux /proc).
 */
export async function run(): Promise<Figure[]> {
  for (const built of globSync('.build/assembly-*', { cwd: root })) rmSync(join(root, built), { recursive: true });
  const dataDir = mkdtempSync(join(tmpdir(), 'tallystick-bench-'));
  const port = await freePort();
  const first = await timeUntil(dataDir, port, 'waits for two people');
  const second = await timeUntil(dataDir, port, 'Tallystick serves at');
  rmSync(dataDir, { recursive: true, force: true });
  const peakMb = Math.max(first.peakMb, second.peakMb);
  return [
    figure('first start until the run waits for approval', first.seconds, 's', WAITING_BUDGET_S),
    figure('second start until it serves', second.seconds, 's', SECOND_START_BUDGET_S),
    figure('peak resident memory over all processes', peakMb, 'MB', MEMORY_BUDGET_MB),
  ];
}

function figure(name: string, value: number, unit: string, budget: number): Figure {
  return { name, value, unit, budget: `at most ${budget} ${unit}`, ok: value <= budget };
}

async function timeUntil(dataDir: string, port: number, text: string): Promise<{ seconds: number; peakMb: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, ['infra/local/start.ts', '--data', dataDir, '--port', String(port)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, MALLOC_ARENA_MAX: '2' },
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  let peakMb = 0;
  while (!output.includes(text)) {
    if (child.exitCode !== null) throw new Error(`the start ended with ${child.exitCode}:\n${output}`);
    if (performance.now() - started > PATIENCE_MS) throw new Error(`no "${text}" after ${PATIENCE_MS} ms:\n${output}`);
    peakMb = Math.max(peakMb, residentMb(child));
    await pause(SAMPLE_MS);
  }
  const seconds = (performance.now() - started) / 1000;
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('exit', resolve));
  return { seconds, peakMb };
}

/** Resident set of a process and its descendants. */
function residentMb(child: ChildProcess): number {
  const parents = new Map<number, number[]>();
  const resident = new Map<number, number>();
  for (const file of globSync('/proc/[0-9]*/status')) {
    try {
      const status = readFileSync(file, 'utf8');
      const pid = Number(/^Pid:\s+(\d+)/m.exec(status)?.[1]);
      const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
      resident.set(pid, Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
      parents.set(parent, [...(parents.get(parent) ?? []), pid]);
    } catch {
      // A process that ended between the listing and the read.
    }
  }
  const sum = (pid: number): number =>
    (resident.get(pid) ?? 0) + (parents.get(pid) ?? []).reduce((total, next) => total + sum(next), 0);
  return sum(child.pid ?? -1);
}
