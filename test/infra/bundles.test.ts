import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildFunctions } from '#infra/build';
import { functionTable } from '#infra/functions';
import { ensureAssembly } from '#infra/local/ensure-assembly';
import { severalAtOnce } from '#infra/several-at-once';
import { functionId, readSynthesised, resourcesOf } from './synthesised.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** As many as the machine this runs on has cores, and one that waits. */
const AT_ONCE = 3;
/** Of the functions: no more than the build bundles at once. */
const EVERY = 26;
/** Bundling all functions takes half a minute on a free machine. */
const BUILT_WITHIN_MS = 600_000;

/** A value of the right shape for each variable: what CloudFormation would put there. */
const SAMPLE: Record<string, string> = {
  CONFIG_TTL_SECONDS: '30',
  DRAIN_SECONDS: '60',
  LONGEST_WRITE_SECONDS: '5',
  SHARDS_AT_ONCE: '5',
  PUBLIC_URL: 'https://abc123.execute-api.eu-west-1.amazonaws.com',
  OIDC_ISSUER: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI',
  OIDC_AUDIENCE: '1h57kf5cpq17m0eml12EXAMPLE,2h57kf5cpq17m0eml12EXAMPLE',
  OIDC_CLIENT_ID: '1h57kf5cpq17m0eml12EXAMPLE',
  MAIL_FROM: 'partners@example.com',
  MAIL_CONFIGURATION_SET: 'tallystick-mail',
  STRIPE_SECRETS_PREFIX: 'TallystickStateful/stripe/',
  RAIL_KEYS_PREFIX: 'TallystickStateful/rails/',
  STRIPE_API_URL: '',
  PAYPAL_API_URL: '',
  WEBHOOK_TRIAL_ORIGIN: '',
  SIGNING_SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:SigningSecret-AbCdEf',
  WEBHOOK_DELIVERY_MACHINE_ARN: 'arn:aws:states:eu-west-1:111122223333:stateMachine:WebhookDelivery',
  PAYOUT_RUN_MACHINE_ARN: 'arn:aws:states:eu-west-1:111122223333:stateMachine:PayoutRun',
};
const RUNTIME = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', NODE_OPTIONS: '' };

type Bundle = { readonly name: string; readonly directory: string; readonly variables: readonly string[] };

/** Every function as it is deployed: the assembly that the end-to-end tests run, made once for both. */
let bundles: readonly Bundle[];
let deployed: number;

beforeAll(async () => {
  const assembly = await ensureAssembly(() => undefined);
  const { stateless } = readSynthesised(assembly);
  const functions = resourcesOf(stateless, 'AWS::Lambda::Function');
  deployed = Object.keys(functions).length;
  bundles = functionTable().map(({ name }) => {
    const { Code, Environment } = functions[functionId(stateless, name)]!.Properties as {
      Code: { S3Key: string };
      Environment?: { Variables: Record<string, unknown> };
    };
    const directory = join(assembly, `asset.${Code.S3Key.replace('.zip', '')}`);
    return { name, directory, variables: Object.keys(Environment?.Variables ?? {}) };
  });
}, BUILT_WITHIN_MS);

const codeOf = ({ directory }: Bundle): string => readFileSync(join(directory, 'index.mjs'), 'utf8');

describe('the build', () => {
  it('makes one bundle a function and nothing else', () => {
    expect(deployed).toBe(bundles.length);
    for (const { name, directory } of bundles) expect(readdirSync(directory), name).toEqual(['index.mjs']);
  });

  it('gives the same bytes in another checkout', () => {
    const checkout = mkdtempSync(join(tmpdir(), 'tallystick-checkout-'));
    for (const part of ['functions', 'shared', 'infra', 'package.json', 'tsconfig.json']) {
      cpSync(join(ROOT, part), join(checkout, part), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
    // A path of the checkout would show in any of them: some are enough.
    const some = bundles.filter((_, index) => index % EVERY === 0);
    const script =
      "Promise.all([import('./infra/build.ts'), import('./infra/functions.ts')]).then(([{ buildFunctions }, { functionTable }]) => " +
      `buildFunctions('built', functionTable().filter(({ name }) => ${JSON.stringify(some.map(({ name }) => name))}.includes(name))))`;
    const { status, stderr } = spawnSync(process.execPath, ['-e', script], { cwd: checkout, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    expect(readdirSync(join(checkout, 'built'))).toHaveLength(some.length);
    for (const { name, directory } of some) expect(digest(join(checkout, 'built', name)), name).toBe(digest(directory));
  });

  it('names a missing entry file', async () => {
    const missing = functionTable()
      .map((it) => ({ ...it, entry: 'functions/console/show-nothing.ts' }))
      .slice(0, 1);
    const elsewhere = mkdtempSync(join(tmpdir(), 'tallystick-missing-'));
    await expect(buildFunctions(elsewhere, missing)).rejects.toThrow(/functions\/console\/show-nothing\.ts/);
  });

  it('imports nothing at run time: built-ins come from the process, which is faster in a cold start', () => {
    const importing = bundles.filter((bundle) =>
      /(^|[;}\n])import(\s+[\w$]|\s*[{*"'])|\bimport\(["']/.test(codeOf(bundle)),
    );
    expect(importing.map(({ name }) => name)).toEqual([]);
  });
});

describe('every bundle', () => {
  it('is given no variable, and so no grant, that it does not read', () => {
    const superfluous = bundles.flatMap((bundle) => {
      const code = codeOf(bundle);
      return bundle.variables.flatMap((variable) => (code.includes(variable) ? [] : [`${bundle.name}: ${variable}`]));
    });
    expect(superfluous).toEqual([]);
  });

  it('starts with exactly the environment its template gives it, and exports a handler', async () => {
    const failures: string[] = [];
    await severalAtOnce(bundles, AT_ONCE, async ({ name, directory, variables }) => {
      const given = variables.map((variable) => [variable, SAMPLE[variable] ?? `a-${variable}`]);
      const answer = await start(join(directory, 'index.mjs'), { ...RUNTIME, ...Object.fromEntries(given) });
      if (answer !== 'function') failures.push(`${name}: ${answer}`);
    });
    expect(failures).toEqual([]);
  });
});

/** The type of the bundle's handler, or why it does not start; in a fresh thread, as in a fresh instance. */
function start(file: string, env: Record<string, string>): Promise<string> {
  const code = `import(${JSON.stringify(file)}).then(
    (bundle) => require('node:worker_threads').parentPort.postMessage(typeof bundle.handler),
    (error) => require('node:worker_threads').parentPort.postMessage(String(error)));`;
  return new Promise((resolve) => {
    const worker = new Worker(code, { eval: true, env, execArgv: [] });
    worker.once('message', (answer: string) => {
      void worker.terminate();
      resolve(answer);
    });
    worker.once('error', (error) => resolve(String(error)));
  });
}

function digest(folder: string): string {
  return createHash('sha256')
    .update(readFileSync(join(folder, 'index.mjs')))
    .digest('hex');
}
