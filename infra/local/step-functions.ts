import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Machine } from './asl/definition.ts';
import { Aborted, AslError } from './asl/errors.ts';
import { type Runtime, runSequence } from './asl/interpreter.ts';
import { invokeFunction } from './asl/invoke-function.ts';
import { type Answer, makeJournals } from './asl/journal.ts';
import { sleepUntil } from './asl/sleep-until.ts';
import { AwsError, byteLength, type Operations } from './aws-error.ts';
import type { Lambda } from './lambda.ts';
import type { Store } from './store.ts';

const MAX_PAYLOAD_BYTES = 262_144;
const MAX_LIST = 1000;
/** API reference, StartExecution: what an execution's name must not contain. */
const BAD_NAME = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;
const TOKEN = /^[\w-]{64}$/;

export type StateMachine = {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly definition: Machine;
};
type Row = {
  arn: string;
  machine: string;
  name: string;
  input: string;
  status: string;
  output: string | null;
  error: string | null;
  cause: string | null;
  started_at: number;
  stopped_at: number | null;
};
type End = { status: string; output?: string; error?: string; cause?: string };

export type StepFunctions = {
  readonly operations: Operations;
  readonly start: (machineArn: string, input: string, name?: string) => { executionArn: string; startDate: number };
  /** Goes on with every execution that was running when the host ended. */
  readonly resume: () => void;
  readonly stop: () => void;
};

export type StepFunctionsDeps = {
  readonly store: Store;
  readonly machines: readonly StateMachine[];
  readonly lambda: Pick<Lambda, 'invoke'>;
  readonly onStatus?: ((machine: StateMachine, execution: Record<string, unknown>) => void) | undefined;
  readonly now?: (() => number) | undefined;
  readonly sleepUntil?: Runtime['sleepUntil'] | undefined;
};

/** Standard workflows on the journal: the Step Functions API and the life of each execution. */
export function makeStepFunctions(deps: StepFunctionsDeps): StepFunctions {
  const { store, machines } = deps;
  const { db, transaction } = store;
  const now = deps.now ?? Date.now;
  const journals = makeJournals(store);
  const running = new Map<string, AbortController>();
  const listeners = new Map<string, (answer: Answer) => void>();
  const byArn = (arn: unknown): Row => {
    const row = db.prepare('SELECT * FROM executions WHERE arn = ?').get(String(arn)) as Row | undefined;
    if (!row) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return row;
  };
  const machineOf = (arn: unknown): StateMachine => {
    const machine = machines.find((one) => one.arn === arn);
    if (!machine) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return machine;
  };

  const finish = (machine: StateMachine, row: Row, end: End): void => {
    const done = transaction(() => {
      const set = db.prepare(
        "UPDATE executions SET status = ?, output = ?, error = ?, cause = ?, stopped_at = ? WHERE arn = ? AND status = 'RUNNING'",
      );
      const { changes } = set.run(end.status, end.output ?? null, end.error ?? null, end.cause ?? null, now(), row.arn);
      db.prepare('DELETE FROM frames WHERE execution = ?').run(row.arn);
      db.prepare('DELETE FROM tokens WHERE execution = ?').run(row.arn);
      return changes > 0;
    });
    running.get(row.arn)?.abort();
    running.delete(row.arn);
    if (done) deps.onStatus?.(machine, describe(byArn(row.arn)));
  };

  const run = async (machine: StateMachine, row: Row): Promise<void> => {
    const controller = new AbortController();
    const { signal } = controller;
    setMaxListeners(0, signal);
    running.set(row.arn, controller);
    const runtime: Runtime = {
      journal: journals(row.arn),
      now,
      sleepUntil: deps.sleepUntil ?? ((atMs, within) => sleepUntil(atMs, now, within)),
      invoke: (name, payload) => invokeFunction(deps.lambda, name, payload),
      answer: (token, within) =>
        new Promise((done, fail) => {
          const stored = runtime.journal.answerOf(token);
          if (stored) return done(stored);
          listeners.set(token, done);
          within.addEventListener('abort', () => {
            listeners.delete(token);
            fail(new Aborted());
          });
        }),
    };
    const input: unknown = JSON.parse(row.input);
    const Execution = { Id: row.arn, Name: row.name, Input: input, RoleArn: machine.roleArn, RedriveCount: 0 };
    const StartTime = new Date(row.started_at).toISOString();
    const context = { Execution: { ...Execution, StartTime }, StateMachine: { Id: machine.arn, Name: machine.name } };
    const limit = machine.definition.TimeoutSeconds;
    if (limit !== undefined) {
      const late = runtime.sleepUntil(row.started_at + limit * 1000, signal);
      late
        .then(() => finish(machine, row, { status: 'TIMED_OUT', error: 'States.Timeout', cause: '' }))
        .catch(() => {});
    }
    try {
      const start = { path: '0', scope: '0', input, outer: {}, context, signal };
      const output = await runSequence(runtime, machine.definition, start);
      finish(machine, row, { status: 'SUCCEEDED', output: JSON.stringify(output) });
    } catch (error) {
      if (error instanceof Aborted || signal.aborted) return;
      const failure = error instanceof AslError ? error : new AslError('States.Runtime', String(error));
      finish(machine, row, { status: 'FAILED', error: failure.error, cause: failure.message });
    }
  };

  const start: StepFunctions['start'] = (machineArn, input, name = randomUUID()) => {
    const machine = machineOf(machineArn);
    if (name.length < 1 || name.length > 80 || BAD_NAME.test(name))
      throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
    requireJson(input, 'InvalidExecutionInput');
    const arn = `${machine.arn.replace(':stateMachine:', ':execution:')}:${name}`;
    const existing = db.prepare('SELECT * FROM executions WHERE arn = ?').get(arn) as Row | undefined;
    if (existing?.status === 'RUNNING' && existing.input === input) {
      return { executionArn: arn, startDate: existing.started_at / 1000 };
    }
    if (existing) throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    const insert = db.prepare(
      "INSERT INTO executions (arn, machine, name, input, status, started_at) VALUES (?, ?, ?, ?, 'RUNNING', ?)",
    );
    insert.run(arn, machine.arn, name, input, now());
    const row = byArn(arn);
    deps.onStatus?.(machine, describe(row));
    void run(machine, row);
    return { executionArn: arn, startDate: row.started_at / 1000 };
  };

  const answer = (taskToken: unknown, given: Answer): object => {
    const token = requireToken(taskToken);
    const text = JSON.stringify(given);
    const { changes } = db.prepare('UPDATE tokens SET answer = ? WHERE token = ? AND answer IS NULL').run(text, token);
    if (changes === 0) throw new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
    listeners.get(token)?.(given);
    listeners.delete(token);
    return {};
  };

  return {
    start,
    resume: () => {
      for (const row of db.prepare("SELECT * FROM executions WHERE status = 'RUNNING'").all() as unknown as Row[]) {
        const machine = machines.find((one) => one.arn === row.machine);
        if (machine) void run(machine, row);
      }
    },
    stop: () => {
      for (const controller of running.values()) controller.abort();
    },
    operations: {
      StartExecution: (input) =>
        start(String(input.stateMachineArn), String(input.input ?? '{}'), input.name as string | undefined),
      DescribeExecution: (input) => describe(byArn(input.executionArn)),
      StopExecution: (input) => {
        const row = byArn(input.executionArn);
        const reason = { error: input.error as string | undefined, cause: input.cause as string | undefined };
        finish(machineOf(row.machine), row, { status: 'ABORTED', ...reason });
        return { stopDate: now() / 1000 };
      },
      ListExecutions: (input) => {
        const rows = db
          .prepare('SELECT * FROM executions WHERE machine = ? AND status LIKE ? ORDER BY started_at DESC LIMIT ?')
          .all(machineOf(input.stateMachineArn).arn, String(input.statusFilter ?? '%'), MAX_LIST) as unknown as Row[];
        const briefly = ({
          input: _input,
          output: _output,
          error: _error,
          cause: _cause,
          ...rest
        }: Record<string, unknown>) => rest;
        return { executions: rows.map((row) => briefly(describe(row))) };
      },
      ListStateMachines: () => ({
        stateMachines: machines.map(({ arn, name }) => ({
          stateMachineArn: arn,
          name,
          type: 'STANDARD',
          creationDate: 0,
        })),
      }),
      SendTaskSuccess: (input) => {
        const output = String(input.output ?? '');
        requireJson(output, 'InvalidOutput');
        return answer(input.taskToken, { output });
      },
      SendTaskFailure: (input) =>
        answer(input.taskToken, { error: String(input.error ?? ''), cause: String(input.cause ?? '') }),
      SendTaskHeartbeat: (input) => {
        const beat = db.prepare('UPDATE tokens SET heartbeat_at = ? WHERE token = ? AND answer IS NULL');
        const { changes } = beat.run(now(), requireToken(input.taskToken));
        if (changes === 0) throw new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
        return {};
      },
    },
  };
}

function describe(row: Row): Record<string, unknown> {
  return {
    executionArn: row.arn,
    stateMachineArn: row.machine,
    name: row.name,
    status: row.status,
    startDate: row.started_at / 1000,
    input: row.input,
    ...(row.stopped_at === null ? {} : { stopDate: row.stopped_at / 1000 }),
    ...(row.output === null ? {} : { output: row.output }),
    ...(row.error === null ? {} : { error: row.error }),
    ...(row.cause === null ? {} : { cause: row.cause }),
  };
}

function requireJson(text: string, code: string): void {
  if (byteLength(text) > MAX_PAYLOAD_BYTES)
    throw new AwsError(code, `${byteLength(text)} bytes is above ${MAX_PAYLOAD_BYTES}`);
  try {
    JSON.parse(text);
  } catch {
    throw new AwsError(code, 'Not valid JSON');
  }
}

function requireToken(token: unknown): string {
  if (typeof token !== 'string' || !TOKEN.test(token)) throw new AwsError('InvalidToken', 'Invalid Token');
  return token;
}
