import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { whatFailed } from './what-failed.ts';

/**
 * The whole test command: static checks, then each vitest project, cheapest first.
 * Ends with what failed, and with `N passed, N failed, N skipped` alone on a line; a static check counts as one test.
 */

type Counts = { passed: number; failed: number; skipped: number };

const STATIC_CHECKS = ['lint', 'typecheck', 'boundaries', 'openapi -- --check'];
const PROJECTS = ['unit', 'simulation', 'contract', 'infra', 'e2e'];
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const reports = mkdtempSync(join(tmpdir(), 'tallystick-tests-'));
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];

for (const counts of await Promise.all(STATIC_CHECKS.map(runCheck))) add(counts);
for (const project of PROJECTS) add(await runProject(project));
sayWhatWasSkipped();
if (failures.length > 0) console.log(`\n${failures.join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);

function add(counts: Counts): void {
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}

/** All at once, as most of them keep one core busy; what each says comes together, when it has ended. */
async function runCheck(check: string): Promise<Counts> {
  const child = spawn(`npm run --silent ${check} 2>&1`, { shell: true, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  console.log(`\n> ${check}\n${said}`);
  if (status === 0) return { passed: 1, failed: 0, skipped: 0 };
  failures.push(`FAILED ${check}`);
  return { passed: 0, failed: 1, skipped: 0 };
}

async function runProject(project: string): Promise<Counts> {
  console.log(`\n> ${project} tests`);
  const report = join(reports, `${project}.json`);
  const command = `npx vitest run --project ${project} --reporter=default --reporter=json --outputFile.json=${report} 2>&1`;
  const { status, said } = await runAloud(command);
  if (status !== 0) failures.push(`${project} tests ended with ${status}`, ...whatFailed(project, report, said));
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const result = JSON.parse(readFileSync(report, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
  };
  // A file that fails to load has no failed test in it: the exit code still counts.
  const failed = status === 0 ? result.numFailedTests : Math.max(1, result.numFailedTests);
  return { passed: result.numPassedTests, failed, skipped: result.numPendingTests + result.numTodoTests };
}

/** Shows what a command says while it says it, and keeps it. */
async function runAloud(command: string): Promise<{ status: number | string; said: string }> {
  const env = { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) };
  const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'inherit'], env });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    process.stdout.write(text);
    said += text;
  });
  const status = await new Promise<number | string>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'nothing')),
  );
  return { status, said: stripVTControlCharacters(said) };
}

function sayWhatWasSkipped(): void {
  if (total.skipped === 0) return;
  if (!BROWSERS.some((path) => existsSync(path))) {
    console.log('\nBrowser tests were skipped: no Chromium found. On Debian: apt-get install chromium');
  }
  console.log(`\n${total.skipped} tests were skipped; each says why in its name above. With CI=true none may be.`);
}
