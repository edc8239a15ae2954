import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { whatFailed } from '#test/support/what-failed';

const directory = mkdtempSync(join(tmpdir(), 'tallystick-reports-'));

function reportOf(testResults: object[]): string {
  const path = join(directory, `${Math.random()}.json`);
  writeFileSync(path, JSON.stringify({ testResults }));
  return path;
}

describe('what failed of a run', () => {
  it('names each failed test with the beginning of its error', () => {
    const assertionResults = [
      { status: 'passed', fullName: 'adds' },
      { status: 'failed', fullName: 'pays once', failureMessages: ['expected 2 to be 1\n  at a line'] },
    ];
    const report = reportOf([{ name: 'a.test.ts', status: 'failed', assertionResults }]);
    expect(whatFailed('unit', report, '').join('\n')).toBe(
      'FAILED unit a.test.ts: pays once\n  expected 2 to be 1\n    at a line',
    );
  });

  it('names a file that could not be run', () => {
    const report = reportOf([{ name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] }]);
    expect(whatFailed('unit', report, '')).toEqual(['FAILED unit b.test.ts', '  no such module']);
  });

  it('shows an error that belongs to no test, also when there is no report', () => {
    const said = 'fine\n⎯⎯ Unhandled Errors ⎯⎯\nError: a worker went away';
    expect(whatFailed('infra', join(directory, 'none.json'), said)).toEqual([
      'FAILED infra: an error outside of any test',
      '  ⎯⎯ Unhandled Errors ⎯⎯',
      '  Error: a worker went away',
    ]);
  });
});
