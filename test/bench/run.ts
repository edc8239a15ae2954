import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One figure of a benchmark. `ok` is false when a budget of design.md is missed. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly budget?: string | undefined;
  readonly ok: boolean;
};

const here = import.meta.dirname;
const only = process.argv[2];
const files = readdirSync(here).filter((file) => file.endsWith('.bench.ts') && (!only || file.startsWith(only)));
if (files.length === 0) {
  const names = readdirSync(here).flatMap((file) =>
    file.endsWith('.bench.ts') ? [file.replace('.bench.ts', '')] : [],
  );
  console.error(`There is no benchmark "${only}". There are: ${names.sort().join(', ')}`);
  process.exit(2);
}
const results: Record<string, Figure[]> = {};

for (const file of files.sort()) {
  const { run } = (await import(join(here, file))) as { run: () => Promise<Figure[]> };
  console.log(`\n${file.replace('.bench.ts', '')}`);
  const figures = await run();
  results[file] = figures;
  for (const { name, value, unit, budget, ok } of figures) {
    const verdict = budget === undefined ? '' : ok ? `  (budget ${budget}: met)` : `  (budget ${budget}: MISSED)`;
    console.log(`  ${name}: ${Number.isInteger(value) ? value : value.toPrecision(4)} ${unit}${verdict}`);
  }
}

const folder = join(here, 'results');
mkdirSync(folder, { recursive: true });
const file = join(folder, 'latest.json');
writeFileSync(file, `${JSON.stringify({ node: process.version, results }, null, 2)}\n`);
const missed = Object.values(results)
  .flat()
  .filter((figure) => !figure.ok).length;
console.log(`\nWritten to ${file}; ${missed} budgets missed`);
process.exit(missed === 0 ? 0 : 1);
