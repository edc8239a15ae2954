import type { ChoiceRule, Machine, State } from './definition.ts';
import { Aborted, AslError, isNamed } from './errors.ts';
import { type Bindings, evaluate } from './expressions.ts';
import { runMap, runParallel } from './fan-out.ts';
import type { Answer, Frame, Journal } from './journal.ts';
import { assignVariables, countEvents, withinLimit } from './limits.ts';
import { runTask } from './task.ts';

const DEFAULT_RETRY = { IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2 };

export type Runtime = {
  readonly journal: Journal;
  readonly now: () => number;
  /** Rejects with Aborted when the signal fires first. */
  readonly sleepUntil: (atMs: number, signal: AbortSignal) => Promise<void>;
  /** JSON text in and out. @throws AslError with the function's error. */
  readonly invoke: (functionName: string, payload: string) => Promise<string>;
  readonly answer: (token: string, signal: AbortSignal) => Promise<Answer>;
};

/** What a sequence of states is started with, and sees of the world around it. */
export type Start = {
  readonly path: string;
  readonly scope: string;
  readonly input: unknown;
  readonly outer: Bindings;
  readonly context: Bindings;
  readonly signal: AbortSignal;
};

/** One state being run: its frame, its start and the bindings of its expressions. */
export type Visit = {
  readonly runtime: Runtime;
  readonly state: State;
  readonly name: string;
  readonly frame: Frame;
  readonly start: Start;
  readonly bindings: (more?: Bindings, context?: Bindings) => Bindings;
};

type Leaving = {
  result?: unknown;
  errorOutput?: object;
  by: State | ChoiceRule | { Next?: string; Output?: unknown; Assign?: object };
};

/**
 * Runs states from StartAt, or from where the journal says this sequence stands, to its end and returns its output.
 * @throws AslError when it fails, Aborted when it may not go on.
 */
export async function runSequence(runtime: Runtime, machine: Machine, start: Start): Promise<unknown> {
  const { journal } = runtime;
  const frame = journal.load(start.path) ?? newFrame(runtime, machine, start);
  if (frame.done) return outcome(frame.done);
  try {
    for (;;) {
      const next = await runState(runtime, machine, frame, start);
      if (next === undefined) break;
      Object.assign(frame, { state: next, visit: frame.visit + 1, enteredAtMs: runtime.now(), ...CLEAN });
      journal.move(frame);
    }
    frame.done = { output: frame.input };
  } catch (error) {
    if (!(error instanceof AslError) || start.signal.aborted) throw error;
    frame.done = { error: error.error, cause: error.message };
  }
  journal.move(frame);
  return outcome(frame.done);
}

const CLEAN = {
  attempts: undefined,
  retries: undefined,
  attemptAtMs: undefined,
  dueAtMs: undefined,
  token: undefined,
  handedOver: undefined,
  items: undefined,
};

function newFrame(runtime: Runtime, machine: Machine, { path, scope, input }: Start): Frame {
  const frame = { path, scope, input, state: machine.StartAt, variables: {}, visit: 0, enteredAtMs: runtime.now() };
  // ExecutionStarted of an execution or a distributed child.
  if (path === scope) countEvents({ runtime, frame }, 1);
  runtime.journal.save(frame);
  return frame;
}

function outcome(done: NonNullable<Frame['done']>): unknown {
  if ('output' in done) return done.output;
  throw new AslError(done.error, done.cause);
}

/** Runs the frame's state; leaves output and variables in the frame and returns the next state's name, if any. */
async function runState(runtime: Runtime, machine: Machine, frame: Frame, start: Start): Promise<string | undefined> {
  const state = machine.States[frame.state] as State;
  const name = frame.state;
  const visit: Visit = {
    runtime,
    state,
    name,
    frame,
    start,
    bindings: (more = {}, context = {}) => {
      const EnteredTime = new Date(frame.enteredAtMs).toISOString();
      const State = { Name: name, EnteredTime, RetryCount: frame.attempts ?? 0 };
      const states = { input: frame.input, context: { ...start.context, State, ...context }, ...more };
      return { ...start.outer, ...frame.variables, states };
    },
  };
  countEvents(visit, 2);
  const { by, ...seen } = await work(visit);
  if (start.signal.aborted) throw new Aborted();
  const bindings = visit.bindings(seen);
  const fallback = 'errorOutput' in seen ? seen.errorOutput : 'result' in seen ? seen.result : frame.input;
  const output = by.Output === undefined ? fallback : await evaluate(by.Output, bindings);
  const assigned = (await evaluate(by.Assign ?? {}, bindings)) as Record<string, unknown>;
  frame.input = withinLimit(output, `output of ${name}`);
  assignVariables(visit, assigned);
  return by.Next;
}

async function work(visit: Visit): Promise<Leaving> {
  const { state, runtime, frame, start } = visit;
  switch (state.Type) {
    case 'Pass':
    case 'Succeed':
      return { by: state };
    case 'Fail': {
      const text = async (value: string | undefined): Promise<string> =>
        String((await evaluate(value, visit.bindings())) ?? '');
      throw new AslError(await text(state.Error), await text(state.Cause));
    }
    case 'Choice':
      return { by: await choose(visit) };
    case 'Wait': {
      if (frame.dueAtMs === undefined) {
        frame.dueAtMs = await waitEnd(visit);
        runtime.journal.save(frame);
      }
      await runtime.sleepUntil(frame.dueAtMs, start.signal);
      return { by: state };
    }
    case 'Task':
      return withRetries(visit, () => runTask(visit));
    case 'Map':
      return withRetries(visit, () => runMap(visit));
    default:
      return withRetries(visit, () => runParallel(visit));
  }
}

async function choose(visit: Visit): Promise<Leaving['by']> {
  for (const rule of visit.state.Choices ?? []) {
    const holds = await evaluate(rule.Condition, visit.bindings());
    if (typeof holds !== 'boolean') {
      throw new AslError(
        'States.QueryEvaluationError',
        `Condition ${rule.Condition} of ${visit.name} is not a boolean`,
      );
    }
    if (holds) return rule;
  }
  const { Default, Output, Assign } = visit.state;
  if (Default === undefined) throw new AslError('States.NoChoiceMatched', `No choice of ${visit.name} matched`);
  return { Next: Default, Output, ...(Assign ? { Assign } : {}) };
}

async function waitEnd(visit: Visit): Promise<number> {
  const { Seconds, Timestamp } = visit.state;
  if (Seconds !== undefined) return visit.frame.enteredAtMs + (await numberOf(visit, Seconds, 'Seconds')) * 1000;
  const at = Date.parse(String(await evaluate(Timestamp, visit.bindings())));
  if (Number.isNaN(at)) throw new AslError('States.Runtime', `Timestamp of ${visit.name} is not a time`, true);
  return at;
}

/** A number field that may be an expression. */
export async function numberOf(visit: Visit, value: unknown, field: string): Promise<number> {
  const number = await evaluate(value, visit.bindings());
  if (typeof number === 'number' && number >= 0) return number;
  throw new AslError('States.QueryEvaluationError', `${field} of ${visit.name} is not a number of at least 0`);
}

async function withRetries(visit: Visit, attempt: () => Promise<unknown>): Promise<Leaving> {
  const { state, frame, runtime, start } = visit;
  for (;;) {
    if (frame.dueAtMs !== undefined) await runtime.sleepUntil(frame.dueAtMs, start.signal);
    try {
      return { by: state, result: withinLimit(await attempt(), `result of ${visit.name}`) };
    } catch (error) {
      if (!(error instanceof AslError) || start.signal.aborted) throw error;
      const delayMs = nextDelayMs(visit, error);
      if (delayMs !== undefined) {
        const attempts = (frame.attempts ?? 0) + 1;
        Object.assign(frame, { ...CLEAN, retries: frame.retries, attempts, dueAtMs: runtime.now() + delayMs });
        runtime.journal.move(frame);
        continue;
      }
      const catcher = state.Catch?.find((one) => isNamed(one.ErrorEquals, error));
      if (!catcher) throw error;
      return { by: catcher, errorOutput: { Error: error.error, Cause: error.message } };
    }
  }
}

/** Milliseconds to the next attempt by the first retrier that names the error; `undefined` when none is left. */
function nextDelayMs(visit: Visit, error: AslError): number | undefined {
  const retriers = visit.state.Retry ?? [];
  const index = retriers.findIndex((retrier) => isNamed(retrier.ErrorEquals, error));
  if (index < 0) return undefined;
  const retrier = { ...DEFAULT_RETRY, ...retriers[index] };
  const retries = visit.frame.retries ?? retriers.map(() => 0);
  visit.frame.retries = retries;
  const used = retries[index] ?? 0;
  if (used >= retrier.MaxAttempts) return undefined;
  retries[index] = used + 1;
  const longest = Math.min(retrier.IntervalSeconds * retrier.BackoffRate ** used, retrier.MaxDelaySeconds ?? Infinity);
  return 1000 * (retrier.JitterStrategy === 'FULL' ? Math.random() * longest : longest);
}
