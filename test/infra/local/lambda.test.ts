import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type FunctionSpec, makeLambda } from '#infra/local/lambda';
import { removeFolder } from '#test/support/remove-folder';

const directory = mkdtempSync(join(tmpdir(), 'tallystick-lambda-'));
const source = (name: string, code: string): void => writeFileSync(join(directory, `${name}.mjs`), code);
source(
  'echo',
  'export const handler = async (event, context) => ({ event, name: context.functionName, who: process.env.WHO });',
);
source('exits', 'export const handler = async ({ exit }) => { if (exit) process.exit(3); return "alive"; };');
source(
  'greedy',
  'export const handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill(Math.random())); };',
);
source(
  'counts',
  'let now = 0, most = 0; export const handler = async () => { most = Math.max(most, ++now); await new Promise((d) => setTimeout(d, 5)); now--; return most; };',
);
source('broken', 'import "./nowhere.mjs"; export const handler = () => {};');
const aSpec = (name: string, more: Partial<FunctionSpec> = {}): FunctionSpec => ({
  name,
  arn: `arn:${name}`,
  directory,
  handler: `${name}.handler`,
  timeoutSeconds: 20,
  memoryMb: 64,
  environment: { AWS_LAMBDA_FUNCTION_NAME: name, WHO: name },
  logGroup: name,
  ...more,
});
const many = Array.from({ length: 20 }, (_, index) => aSpec(`many-${index}`, { handler: 'echo.handler' }));
const logged: string[] = [];
const lambda = makeLambda(
  [aSpec('exits'), aSpec('greedy'), aSpec('counts', { maxConcurrency: 1 }), aSpec('broken'), aSpec('missing'), ...many],
  (_group, text) => logged.push(text),
);
const call = async (name: string, payload: unknown = {}) => {
  const { payload: text, functionError } = await lambda.invoke(name, JSON.stringify(payload));
  return { functionError, result: JSON.parse(text) as never };
};
afterAll(async () => {
  await lambda.stop();
  removeFolder(directory);
});

test('more functions at once than stay warm all answer, each with its own environment', async () => {
  for (let round = 0; round < 2; round++) {
    const answers = await Promise.all(many.map((spec) => call(spec.name, { round })));
    expect(answers).toEqual(
      many.map(({ name }) => ({ functionError: undefined, result: { event: { round }, name, who: name } })),
    );
  }
});

test('a function that ends its process fails that call only', async () => {
  expect(await call('exits', { exit: true })).toMatchObject({
    functionError: 'Unhandled',
    result: { errorType: 'Runtime.ExitError' },
  });
  expect(await call('exits')).toEqual({ functionError: undefined, result: 'alive' });
});

test('a function that takes more memory than declared ends, the others go on', async () => {
  expect(await call('greedy')).toMatchObject({
    functionError: 'Unhandled',
    result: { errorType: 'Runtime.OutOfMemory' },
  });
  expect(await call('exits')).toMatchObject({ result: 'alive' });
});

test('reserved concurrency of one is one at a time', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => call('counts')));
  expect(answers.map(({ result }) => result)).toEqual(Array(8).fill(1));
});

test('code that cannot be loaded is the function’s error, by Lambda’s names', async () => {
  expect(await call('missing')).toMatchObject({ result: { errorType: 'Runtime.ImportModuleError' } });
  expect(await call('broken')).toMatchObject({ functionError: 'Unhandled' });
  expect(logged.join('')).toContain('nowhere.mjs');
});
