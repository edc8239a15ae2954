import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { AwsError, byteLength } from './aws-error.ts';

/** Quotas of AWS Lambda (developer guide, "Lambda quotas"; 6 MB synchronous, 1 MB asynchronous). */
const MAX_SYNC_BYTES = 6 * 1024 * 1024;
export const MAX_ASYNC_BYTES = 1024 * 1024;
/** AWS gives each concurrent call an environment of its own; on one machine a few share a thread and the rest queue. */
const MAX_CONCURRENCY = 10;
/**
 * A thread with the SDK costs 20 to 25 MB, and its start 0.1 s of processor time: beyond this number the least recently used
 * idle one goes.
 */
const DEFAULT_WARM_THREADS = 8;
const IDLE_MS = 60_000;
const SWEEP_MS = 10_000;
const YOUNG_GENERATION_MB = 4;

export type FunctionSpec = {
  readonly name: string;
  readonly arn: string;
  readonly directory: string;
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: string;
  readonly maxConcurrency?: number | undefined;
};

/** `payload` is JSON text; with `functionError` it is Lambda's `{errorType, errorMessage, trace}`. */
export type InvokeResult = { readonly payload: string; readonly functionError?: 'Unhandled' | undefined };

export type Lambda = {
  /** @throws AwsError ResourceNotFoundException, RequestTooLargeException */
  readonly invoke: (nameOrArn: string, payload: string) => Promise<InvokeResult>;
  readonly has: (nameOrArn: string) => boolean;
  readonly stop: () => Promise<void>;
};

type Waiting = { id: string; payload: string; resolve: (result: InvokeResult) => void };
type Running = { resolve: (result: InvokeResult) => void; timer: NodeJS.Timeout };
type Environment = { worker: Worker; running: Map<string, Running>; retired: boolean; lastUsedMs: number };
type Pool = { spec: FunctionSpec; current: Environment | undefined; queue: Waiting[]; inFlight: number };

/**
 * Runs functions in worker threads: one a function, started at its first call, with its own environment variables only.
 * @param warmThreads how many may wait for their next call
 */
export function makeLambda(
  specs: readonly FunctionSpec[],
  writeLog: (logGroup: string, text: string) => void,
  warmThreads: number = DEFAULT_WARM_THREADS,
): Lambda {
  const pools = new Map<string, Pool>();
  for (const spec of specs) {
    const pool: Pool = { spec, current: undefined, queue: [], inFlight: 0 };
    pools.set(spec.name, pool).set(spec.arn, pool);
  }
  const live = new Set<Environment>();
  const sweeper = setInterval(() => endIdle(live), SWEEP_MS);
  sweeper.unref();
  let stopped = false;

  const environmentOf = (pool: Pool): Environment => {
    if (pool.current && !pool.current.retired) return pool.current;
    const started = startEnvironment(pool.spec, writeLog, (environment, failure) => {
      environment.retired = true;
      live.delete(environment);
      for (const id of environment.running.keys()) settle(pool, environment, id, failure);
    });
    started.worker.on('message', (message: { id: string; ok?: string; error?: string }) => {
      settle(pool, started, message.id, answerOf(message));
    });
    if (live.size >= warmThreads) endIdle(live, live.size - warmThreads + 1);
    live.add(started);
    pool.current = started;
    return started;
  };

  const settle = (pool: Pool, environment: Environment, id: string, result: InvokeResult): void => {
    const running = environment.running.get(id);
    if (!running) return;
    clearTimeout(running.timer);
    environment.running.delete(id);
    environment.lastUsedMs = Date.now();
    pool.inFlight--;
    running.resolve(result);
    if (environment.retired && environment.running.size === 0) void environment.worker.terminate();
    const next = pool.queue.shift();
    if (next) dispatch(pool, next);
  };

  const dispatch = (pool: Pool, call: Waiting): void => {
    if (stopped) {
      call.resolve(failureOf('Runtime.ExitError', 'The host is stopping'));
      return;
    }
    if (pool.inFlight >= Math.min(pool.spec.maxConcurrency ?? MAX_CONCURRENCY, MAX_CONCURRENCY)) {
      pool.queue.push(call);
      return;
    }
    const environment = environmentOf(pool);
    const timeoutMs = pool.spec.timeoutSeconds * 1000;
    const timer = setTimeout(() => {
      // Lambda kills the environment: this one takes no further call and ends with its last one.
      environment.retired = true;
      const text = `${call.id} Task timed out after ${pool.spec.timeoutSeconds.toFixed(2)} seconds`;
      writeLog(pool.spec.logGroup, `${text}\n`);
      settle(
        pool,
        environment,
        call.id,
        failureOf('Sandbox.Timedout', `RequestId: ${call.id} Error: ${text.slice(37)}`),
      );
    }, timeoutMs);
    environment.running.set(call.id, { resolve: call.resolve, timer });
    environment.lastUsedMs = Date.now();
    pool.inFlight++;
    environment.worker.postMessage({ id: call.id, payload: call.payload, deadlineMs: Date.now() + timeoutMs });
  };

  return {
    has: (nameOrArn) => pools.has(nameOrArn),
    invoke: (nameOrArn, payload) => {
      const pool = pools.get(nameOrArn);
      if (!pool) throw new AwsError('ResourceNotFoundException', `Function not found: ${nameOrArn}`, 404);
      if (byteLength(payload) > MAX_SYNC_BYTES) {
        const text = `${byteLength(payload)} byte payload is too large for the RequestResponse invocation type (limit ${MAX_SYNC_BYTES} bytes)`;
        throw new AwsError('RequestTooLargeException', text, 413);
      }
      return new Promise((resolve) => dispatch(pool, { id: randomUUID(), payload, resolve }));
    },
    stop: async () => {
      stopped = true;
      clearInterval(sweeper);
      await Promise.all([...live].map((environment) => environment.worker.terminate()));
    },
  };
}

function startEnvironment(
  spec: FunctionSpec,
  writeLog: (logGroup: string, text: string) => void,
  onEnd: (environment: Environment, failure: InvokeResult) => void,
): Environment {
  const worker = new Worker(new URL('./lambda-worker.mjs', import.meta.url), {
    env: { ...spec.environment },
    workerData: { directory: spec.directory, handler: spec.handler, arn: spec.arn, logGroup: spec.logGroup },
    resourceLimits: { maxOldGenerationSizeMb: spec.memoryMb, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  const environment: Environment = { worker, running: new Map(), retired: false, lastUsedMs: Date.now() };
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => writeLog(spec.logGroup, text));
  }
  let failure = failureOf('Runtime.ExitError', 'RequestId: unknown Error: Runtime exited');
  worker.on('error', (error: Error & { code?: string }) => {
    const outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    failure = failureOf(outOfMemory ? 'Runtime.OutOfMemory' : 'Runtime.UnhandledPromiseRejection', error.message);
    writeLog(spec.logGroup, `${failure.payload}\n`);
  });
  worker.on('exit', () => onEnd(environment, failure));
  return environment;
}

function answerOf(message: { ok?: string; error?: string }): InvokeResult {
  if (message.ok === undefined) return { payload: message.error ?? '{}', functionError: 'Unhandled' };
  const size = byteLength(message.ok);
  if (size <= MAX_SYNC_BYTES) return { payload: message.ok };
  const text = `Response payload size (${size} bytes) exceeded maximum allowed payload size (${MAX_SYNC_BYTES} bytes).`;
  return failureOf('Function.ResponseSizeTooLarge', text);
}

function failureOf(errorType: string, errorMessage: string): InvokeResult {
  return { payload: JSON.stringify({ errorType, errorMessage }), functionError: 'Unhandled' };
}

function endIdle(live: ReadonlySet<Environment>, atLeast = 0): void {
  const idle = [...live].filter((one) => one.running.size === 0).sort((a, b) => a.lastUsedMs - b.lastUsedMs);
  for (const [rank, environment] of idle.entries()) {
    if (rank >= atLeast && Date.now() - environment.lastUsedMs < IDLE_MS) return;
    environment.retired = true;
    void environment.worker.terminate();
  }
}
