import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const SOURCES = ['infra/**/*.ts', 'functions/**/*.{ts,json}', 'shared/**/*.ts', 'cdk.json', 'package-lock.json'];

/** Waits that exist for safety in the cloud are shortened here, never skipped (design.md, On one machine). */
const LOCAL_CONTEXT = {
  configTtlSeconds: 0.5,
  longestWriteSeconds: 2,
  drainSeconds: 3,
  mailFrom: 'partners@tallystick.example',
  // Nothing leaves this machine: nobody listens here unless a stand-in is named when starting (start.ts).
  stripeApiUrl: 'http://127.0.0.1:1',
  paypalApiUrl: 'http://127.0.0.1:1',
};

/**
 * The cloud assembly that this source tree synthesises to, made only when a source changed.
 * @returns its folder, named by the fingerprint of the sources
 */
export async function ensureAssembly(say: (text: string) => void): Promise<string> {
  const target = join(root, '.build', `assembly-${fingerprint()}`);
  if (existsSync(join(target, 'manifest.json'))) return target;
  say('Synthesising the app ...');
  const draft = `${target}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const FUNCTIONS_DIRECTORY = `${draft}.functions`;
  await run('infra/build.ts', { FUNCTIONS_DIRECTORY });
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> };
  await run('infra/app.ts', {
    FUNCTIONS_DIRECTORY,
    CDK_OUTDIR: draft,
    CDK_VALIDATION: 'false',
    CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...LOCAL_CONTEXT }),
  });
  rmSync(FUNCTIONS_DIRECTORY, { recursive: true, force: true });
  rmSync(target, { recursive: true, force: true });
  renameSync(draft, target);
  return target;
}

function fingerprint(): string {
  const hash = createHash('sha256').update(JSON.stringify(LOCAL_CONTEXT));
  for (const file of globSync(SOURCES, { cwd: root }).sort()) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

async function run(script: string, environment: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, [join(root, script)], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    output += String(chunk);
  });
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('close', resolve).once('error', reject),
  );
  if (code !== 0) throw new Error(`${script} failed with exit code ${code}:\n${output}`);
}
