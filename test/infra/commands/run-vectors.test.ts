import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { removeFolder } from '#test/support/remove-folder';

const runner = join(import.meta.dirname, '../../support/run-vectors.ts');
const known = join(import.meta.dirname, '../../vectors/statements.json');
const folder = mkdtempSync(join(tmpdir(), 'tallystick-vectors-'));

function run(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [runner, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

function fileOf(content: unknown): string {
  const file = join(folder, 'cases.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

afterAll(() => removeFolder(folder));

describe('the runner of vectors', () => {
  it('counts what passed and exits 0', () => {
    expect(run(known)).toEqual({ status: 0, stdout: '66 passed, 0 failed\n', stderr: '' });
  });

  it('names the case and the place of each mismatch and exits 1', () => {
    const cases = JSON.parse(readFileSync(known, 'utf8'));
    cases[0].statements[0].lines[0].rateBps += 1;
    cases[1].statements[0].earnedMinor += 1;
    cases[2].history.program.timeZone = 'Europe/Atlantis';
    const { status, stdout } = run(fileOf(cases));
    expect(status).toBe(1);
    expect(stdout).toMatch(/flat-rate-by-program-tier: 2026-01 line 1: expected .*rateBps 1001; got .*rateBps 1000\n/);
    expect(stdout).toMatch(/half-even-down: 2026-01 earnedMinor: expected 13, got 12\n/);
    expect(stdout).toMatch(/half-even-up: the engine refused the case: .*Atlantis/i);
    expect(stdout).toMatch(/63 passed, 3 failed\n$/);
  });

  it('says what is wrong with a file that it cannot use and exits 2', () => {
    expect(run().status).toBe(2);
    expect(run(join(folder, 'missing.json')).stderr).toContain('Cannot read');
    expect(run(fileOf('{')).status).toBe(2);
    const { status, stderr } = run(fileOf([{ name: 'x', history: { program: {} }, statements: [] }]));
    expect(status).toBe(2);
    expect(stderr).toContain('[0].history.program.timeZone');
  });
});
