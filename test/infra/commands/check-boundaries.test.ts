import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { removeFolder } from '#test/support/remove-folder';

const checker = join(import.meta.dirname, '../../support/check-boundaries.ts');
const houses: string[] = [];

/** A small house of its own: files by path, and the subpath imports of the real one. */
function houseOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-boundaries-'));
  houses.push(folder);
  const manifest = { type: 'module', imports: { '#shared/*': './shared/*.ts', '#functions/*': './functions/*.ts' } };
  for (const [path, text] of Object.entries({ 'package.json': JSON.stringify(manifest), ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function check(files: Record<string, string>): { status: number | null; errors: string } {
  const { status, stderr } = spawnSync(process.execPath, [checker, houseOf(files)], { encoding: 'utf8' });
  return { status, errors: stderr };
}

const plan = { 'shared/domain/plan/plan.ts': 'export type Plan = { version: number };\nexport const first = 1;\n' };

afterAll(() => {
  for (const folder of houses) removeFolder(folder);
});

describe('the check of the boundaries', () => {
  it('passes arrows that go inwards', () => {
    const found = check({
      ...plan,
      'shared/application/publish-plan.ts':
        "import { first } from '#shared/domain/plan/plan';\nexport const next = first + 1;\n",
      'functions/publish.ts': "export { next } from '#shared/application/publish-plan';\n",
    });
    expect(found).toEqual({ status: 0, errors: '' });
  });

  it.each([
    ['a use case in the domain', 'shared/domain/x.ts', "import '#shared/application/y';", 'shared/application/y.ts'],
    ['a built-in in the domain', 'shared/domain/x.ts', "import 'node:crypto';", 'shared/other.ts'],
    [
      'a contract in the domain',
      'shared/domain/x.ts',
      "import type { y } from '#shared/contracts/y';",
      'shared/contracts/y.ts',
    ],
    ['an adapter in a use case', 'shared/application/x.ts', "import '#shared/adapters/y';", 'shared/adapters/y.ts'],
    ['a function in an adapter', 'shared/adapters/x.ts', "import '#functions/y';", 'functions/y.ts'],
    ['infra in a function', 'functions/x.ts', "import '../infra/y.ts';", 'infra/y.ts'],
    ['test in a function', 'functions/x.ts', "import type { y } from '../test/y.ts';", 'test/y.ts'],
    ['nothing at all', 'functions/x.ts', "import '#shared/domain/gone';", 'functions/y.ts'],
  ])('refuses an import of %s and names it', (_, from, statement, target) => {
    const found = check({ ...plan, [target]: 'export const y = 1;\n', [from]: `${statement}\nexport const x = 1;\n` });
    expect(found.status).toBe(1);
    expect(found.errors).toContain(`${from} -> `);
  });

  it('fails when it sees no modules', () => {
    const found = check({ 'shared/README.md': 'nothing here' });
    expect(found.status).toBe(1);
    expect(found.errors).toContain('no modules');
  });
});
