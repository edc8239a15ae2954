import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildFunctions } from '#infra/build';
import { functionTable } from '#infra/functions';
import { severalAtOnce } from '#infra/several-at-once';
import { functionId, resourcesOf, synthesise } from './synthesised.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** As many as the machine this runs on has cores, and one that waits. */
const AT_ONCE = 3;
const EVERY = 8;
const directory = mkdtempSync(join(tmpdir(), 'tallystick-bundles-'));

/** A value of the right shape for each variable: what CloudFormation would put there. */
const SAMPLE: Record<string, string> = {
  CONFIG_TTL_SECONDS: '30',
  DRAIN_SECONDS: '60',
  LONGEST_WRITE_SECONDS: '5',
  SHARDS_AT_ONCE: '5',
  PUBLIC_URL: 'https://abc123.execute-api.eu-west-1.amazonaws.com',
  OIDC_ISSUER: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI',
  OIDC_AUDIENCE: '1h57kf5cpq17m0eml12EXAMPLE',
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

beforeAll(async () => {
  await buildFunctions(directory);
});

describe('the build', () => {
  it('makes one bundle a function and nothing else', () => {
    expect(readdirSync(directory).sort()).toEqual(
      functionTable()
        .map(({ name }) => name)
        .sort(),
    );
    for (const name of readdirSync(directory)) expect(readdirSync(join(directory, name))).toEqual(['index.mjs']);
  });

  it('gives the same bytes in another checkout', () => {
    const checkout = mkdtempSync(join(tmpdir(), 'tallystick-checkout-'));
    for (const part of ['functions', 'shared', 'infra', 'package.json', 'tsconfig.json']) {
      cpSync(join(ROOT, part), join(checkout, part), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
    // A path of the checkout would show in any of them: some of each service are enough.
    const names = readdirSync(directory).filter((_, index) => index % EVERY === 0);
    const script =
      "Promise.all([import('./infra/build.ts'), import('./infra/functions.ts')]).then(([{ buildFunctions }, { functionTable }]) => " +
      `buildFunctions('built', functionTable().filter(({ name }) => ${JSON.stringify(names)}.includes(name))))`;
    const { status, stderr } = spawnSync(process.execPath, ['-e', script], { cwd: checkout, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    const built = digests(join(checkout, 'built'));
    expect(Object.keys(built)).toEqual(names);
    expect(digests(directory)).toMatchObject(built);
  });

  it('names a missing entry file', async () => {
    const missing = functionTable()
      .map((it) => ({ ...it, entry: 'functions/console/show-nothing.ts' }))
      .slice(0, 1);
    const elsewhere = mkdtempSync(join(tmpdir(), 'tallystick-missing-'));
    await expect(buildFunctions(elsewhere, missing)).rejects.toThrow(/functions\/console\/show-nothing\.ts/);
  });

  it('imports nothing at run time: built-ins come from the process, which is faster in a cold start', () => {
    const importing = readdirSync(directory).filter((name) =>
      /(^|[;}\n])import(\s+[\w$]|\s*[{*"'])|\bimport\(["']/.test(
        readFileSync(join(directory, name, 'index.mjs'), 'utf8'),
      ),
    );
    expect(importing).toEqual([]);
  });
});

describe('every bundle', () => {
  const { stateless } = synthesise();
  const variablesOf = (name: string): string[] => {
    const { Environment } = resourcesOf(stateless)[functionId(stateless, name)]!.Properties as {
      Environment?: { Variables: Record<string, unknown> };
    };
    return Object.keys(Environment?.Variables ?? {});
  };

  it('is given no variable, and so no grant, that it does not read', () => {
    const superfluous = functionTable().flatMap(({ name }) => {
      const code = readFileSync(join(directory, name, 'index.mjs'), 'utf8');
      return variablesOf(name).flatMap((variable) => (code.includes(variable) ? [] : [`${name}: ${variable}`]));
    });
    expect(superfluous).toEqual([]);
  });

  it('starts with exactly the environment its template gives it, and exports a handler', async () => {
    const failures: string[] = [];
    await severalAtOnce(functionTable(), AT_ONCE, async ({ name }) => {
      const given = variablesOf(name).map((variable) => [variable, SAMPLE[variable] ?? `a-${variable}`]);
      const answer = await start(join(directory, name, 'index.mjs'), { ...RUNTIME, ...Object.fromEntries(given) });
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

function digests(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name, 'index.mjs')))
          .digest('hex'),
      ]),
  );
}
