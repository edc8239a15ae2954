import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { removeFolder } from '#test/support/remove-folder';

const WORKER = new URL('./support/crashing-workflow.ts', import.meta.url);
const ITEMS = 60;
const task = (name: string, more: object) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: name, Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  ...more,
});
const DEFINITION = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'First',
  States: {
    First: task('first', { Assign: { startedAt: '{% $millis() %}' }, Next: 'Pause' }),
    Pause: { Type: 'Wait', Seconds: 1, Next: 'Each' },
    Each: {
      Type: 'Map',
      Items: `{% $range(1, ${ITEMS}, 1) %}`,
      MaxConcurrency: 4,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'One',
        States: { One: task('one', { Next: 'Two' }), Two: task('two', { End: true }) },
      },
      Next: 'Ask',
    },
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
      Output: { answer: '{% $states.result %}', items: '{% $count($states.input) %}' },
      End: true,
    },
  },
});

let directory = '';
let store = '';
let calls = '';
const started: ChildProcess[] = [];
const lines = (): string[] => (existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []);
const start = (): ChildProcess => {
  const child = fork(WORKER, [store, calls, DEFINITION], { execArgv: [] });
  started.push(child);
  return child;
};
const kill = async (child: ChildProcess): Promise<void> => {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
};
const until = async (holds: () => boolean): Promise<void> => {
  for (let waited = 0; !holds(); waited += 5) {
    if (waited > 30_000) throw new Error(`waited in vain; last lines: ${lines().slice(-3).join(' | ')}`);
    await sleep(5);
  }
};

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tallystick-crash-'));
  store = join(directory, 'host.sqlite');
  calls = join(directory, 'calls');
});
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  removeFolder(directory);
});

test('a workflow killed in its wait, its map and its token goes on, repeating only what was in flight', async () => {
  let child = start();
  await until(() => lines().some((line) => line.startsWith('end first')));
  await sleep(300);
  await kill(child);

  const kills: number[] = [];
  for (const share of [0.2, 0.5, 0.8]) {
    child = start();
    await until(() => lines().filter((line) => line.startsWith('end two')).length >= share * ITEMS);
    await kill(child);
    kills.push(lines().length);
  }
  child = start();
  await until(() => lines().some((line) => line.startsWith('ask')));
  await sleep(50);
  await kill(child);

  child = start();
  await sleep(300);
  const taskToken = lines()
    .find((line) => line.startsWith('ask'))
    ?.split(' ')[1];
  child.send({ taskToken, output: '"approved"' });
  await until(() => lines().some((line) => line.startsWith('ended')));

  expect(lines().at(-1)).toBe(`ended SUCCEEDED {"answer":"approved","items":${ITEMS}}`);
  expect(lines().filter((line) => line.startsWith('begin first'))).toHaveLength(1);
  expect(lines().filter((line) => line.startsWith('ask'))).toHaveLength(1);
  for (const name of ['one', 'two']) {
    const begun = lines().filter((line) => line.startsWith(`begin ${name} `));
    expect(new Set(begun).size).toBe(ITEMS);
    // Four lanes and three kills: no more than what was in flight each time may be called again.
    expect(begun.length - ITEMS).toBeLessThanOrEqual(4 * kills.length);
  }
});

test('an answer given just before a kill is not lost', async () => {
  let child = start();
  await until(() => lines().some((line) => line.startsWith('ask')));
  await sleep(50);
  const taskToken = lines()
    .find((line) => line.startsWith('ask'))
    ?.split(' ')[1];
  child.send({ taskToken, output: '"yes"' });
  await once(child, 'message');
  await kill(child);
  if (!lines().some((line) => line.startsWith('ended'))) {
    child = start();
    await until(() => lines().some((line) => line.startsWith('ended')));
  }
  expect(lines().at(-1)).toContain('"answer":"yes"');
});
