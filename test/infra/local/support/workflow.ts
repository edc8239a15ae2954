import type { Machine } from '#infra/local/asl/definition';
import { Aborted } from '#infra/local/asl/errors';
import { AwsError, byteLength } from '#infra/local/aws-error';
import type { InvokeResult } from '#infra/local/lambda';
import { makeStepFunctions, type StepFunctions } from '#infra/local/step-functions';
import { openStore, type Store } from '#infra/local/store';

export type Handlers = Record<string, (payload: never) => unknown>;

export const MACHINE_ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:test';

/** A workflow on a store in memory whose functions are plain functions; time passes only when something waits for it. */
export function aWorkflow(definition: object, handlers: Handlers = {}, store: Store = openStore(':memory:')) {
  const clock = { now: Date.parse('2026-01-01T00:00:00Z'), waitedMs: [] as number[] };
  const sleepers = makeSleepers(clock);
  const calls: { name: string; payload: unknown }[] = [];
  const service = makeStepFunctions({
    store,
    machines: [
      {
        arn: MACHINE_ARN,
        name: 'test',
        roleArn: 'role',
        definition: { QueryLanguage: 'JSONata', ...definition } as Machine,
      },
    ],
    lambda: { invoke: (name, payload) => call(handlers, calls, name, payload) },
    now: () => clock.now,
    sleepUntil: (atMs, signal) => sleepers.add(atMs, signal),
  });
  return { service, calls, clock, run: (input: unknown = {}) => runToEnd(service, input) };
}

/** Time goes to the earliest of those who wait, once everything else has had its turn. */
function makeSleepers(clock: { now: number; waitedMs: number[] }) {
  const sleeping = new Set<{ atMs: number; wake: () => void }>();
  const tick = (): void => {
    const next = [...sleeping].sort((a, b) => a.atMs - b.atMs)[0];
    if (!next) return;
    if (next.atMs > clock.now) clock.waitedMs.push(next.atMs - clock.now);
    clock.now = Math.max(clock.now, next.atMs);
    sleeping.delete(next);
    next.wake();
  };
  return {
    add: (atMs: number, signal: AbortSignal) =>
      new Promise<void>((done, fail) => {
        const sleeper = { atMs, wake: done };
        sleeping.add(sleeper);
        signal.addEventListener('abort', () => {
          sleeping.delete(sleeper);
          fail(new Aborted());
        });
        setTimeout(tick, 5);
      }),
  };
}

async function call(
  handlers: Handlers,
  calls: { name: string; payload: unknown }[],
  name: string,
  payload: string,
): Promise<InvokeResult> {
  const parsed = JSON.parse(payload) as never;
  calls.push({ name, payload: parsed });
  const handler = handlers[name];
  if (!handler) throw new AwsError('ResourceNotFoundException', `Function not found: ${name}`, 404);
  await new Promise((done) => setImmediate(done));
  try {
    return { payload: JSON.stringify((await handler(parsed)) ?? null) };
  } catch (error) {
    const { name: errorType, message: errorMessage } = error as Error;
    return { payload: JSON.stringify({ errorType, errorMessage }), functionError: 'Unhandled' };
  }
}

export type Ended = { status: string; output?: unknown; error?: string; cause?: string };

export async function runToEnd(service: StepFunctions, input: unknown, name?: string): Promise<Ended> {
  const { executionArn } = service.start(MACHINE_ARN, JSON.stringify(input), name);
  return untilEnded(service, executionArn);
}

export async function untilEnded(service: StepFunctions, executionArn: string): Promise<Ended> {
  for (let turn = 0; turn < 20_000; turn++) {
    const { status, output, error, cause } = service.operations.DescribeExecution!({ executionArn }) as Record<
      string,
      string
    >;
    if (status !== 'RUNNING') {
      return {
        status: String(status),
        ...(output === undefined ? {} : { output: JSON.parse(output) }),
        ...(error === undefined ? {} : { error }),
        ...(cause === undefined ? {} : { cause }),
      };
    }
    await new Promise((done) => setTimeout(done, 1));
  }
  throw new Error('the execution does not end');
}

export const aText = (bytes: number): string => {
  const text = 'x'.repeat(bytes);
  if (byteLength(text) !== bytes) throw new Error('not plain text');
  return text;
};

export const named = (name: string, message = name): Error => Object.assign(new Error(message), { name });
