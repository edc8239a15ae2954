import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Figure } from './run.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const DIRECTORY = join(ROOT, '.build', 'functions');
const REDIRECT_BUDGET_KB = 100;
/** What only the SDK's clients contain: their user-agent's name. */
const SDK_CLIENT = /aws-sdk-js/;

/** Size of the bundles as deployed. */
export async function run(): Promise<Figure[]> {
  execFileSync(process.execPath, ['infra/build.ts'], { cwd: ROOT, stdio: 'ignore' });
  const files = readdirSync(DIRECTORY).map((name) => join(DIRECTORY, name, 'index.mjs'));
  const sizes = files.map((file) => statSync(file).size / 1000).sort((a, b) => a - b);
  const redirect = readFileSync(join(DIRECTORY, 'redirect-link', 'index.mjs'), 'utf8');
  const redirectKb = Buffer.byteLength(redirect) / 1000;
  const clients = SDK_CLIENT.test(redirect) ? 1 : 0;
  return [
    {
      name: 'redirect-link',
      value: redirectKb,
      unit: 'kB',
      budget: `at most ${REDIRECT_BUDGET_KB} kB`,
      ok: redirectKb <= REDIRECT_BUDGET_KB,
    },
    { name: 'redirect-link gzipped', value: gzipSync(redirect).byteLength / 1000, unit: 'kB', ok: true },
    { name: 'AWS SDK clients in redirect-link', value: clients, unit: 'clients', budget: '0', ok: clients === 0 },
    { name: 'median function', value: sizes[Math.floor(sizes.length / 2)] ?? 0, unit: 'kB', ok: true },
    { name: 'largest function', value: sizes.at(-1) ?? 0, unit: 'kB', ok: true },
    { name: 'functions', value: sizes.length, unit: 'bundles', ok: true },
  ];
}
