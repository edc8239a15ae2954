import { INVOKE_FOR_TOKEN } from './definition.ts';
import { Aborted, AslError } from './errors.ts';
import { evaluate } from './expressions.ts';
import { numberOf, type Visit } from './interpreter.ts';
import type { Answer } from './journal.ts';
import { countEvents, withinLimit } from './limits.ts';

type Arguments = { FunctionName?: string; Payload?: unknown };

/** One attempt of a Task: calls the function and, when it carries a token, waits for the token's answer. */
export async function runTask(visit: Visit): Promise<unknown> {
  const { state, frame, runtime } = visit;
  const hasToken = state.Resource === INVOKE_FOR_TOKEN;
  countEvents(visit, hasToken ? 4 : 3);
  if (!hasToken) frame.attemptAtMs = runtime.now();
  else if (frame.token === undefined) {
    frame.attemptAtMs = runtime.now();
    frame.token = runtime.journal.issueToken(frame.path, frame.attemptAtMs);
    runtime.journal.save(frame);
  }
  const context = hasToken ? { Task: { Token: frame.token } } : {};
  const given = (await evaluate(state.Arguments ?? {}, visit.bindings({}, context))) as Arguments;
  withinLimit(given, `arguments of ${visit.name}`);
  const call = () => runtime.invoke(String(given.FunctionName), JSON.stringify(given.Payload ?? {}));
  return withDeadline(visit, async (signal) => {
    if (hasToken) return waitForAnswer(visit, call, signal);
    return { ExecutedVersion: '$LATEST', Payload: JSON.parse(await call()) as unknown, StatusCode: 200 };
  });
}

async function waitForAnswer(visit: Visit, call: () => Promise<string>, signal: AbortSignal): Promise<unknown> {
  const { frame, runtime, state } = visit;
  const token = frame.token ?? '';
  const handOver = async (): Promise<never> => {
    if (!frame.handedOver) {
      await call();
      if (signal.aborted) throw new Aborted();
      frame.handedOver = true;
      runtime.journal.save(frame);
    }
    return new Promise<never>(() => {});
  };
  const waits: Promise<Answer>[] = [runtime.answer(token, signal), handOver()];
  if (state.HeartbeatSeconds !== undefined) {
    waits.push(
      missedHeartbeat(visit, token, (await numberOf(visit, state.HeartbeatSeconds, 'HeartbeatSeconds')) * 1000, signal),
    );
  }
  const answer = await firstOf(waits);
  if ('error' in answer) throw new AslError(answer.error, answer.cause);
  return JSON.parse(answer.output) as unknown;
}

async function missedHeartbeat(visit: Visit, token: string, everyMs: number, signal: AbortSignal): Promise<never> {
  const { journal, now, sleepUntil } = visit.runtime;
  for (;;) {
    const deadline = Math.max(visit.frame.attemptAtMs ?? 0, journal.heartbeatOf(token)) + everyMs;
    if (now() >= deadline)
      throw new AslError('States.HeartbeatTimeout', `No heartbeat within ${everyMs / 1000} seconds`);
    await sleepUntil(deadline, signal);
  }
}

/** Ends an attempt at TimeoutSeconds after it began; of a token's wait the beginning survives a restart. */
async function withDeadline<T>(visit: Visit, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { state, frame, runtime, start } = visit;
  const over = new AbortController();
  const signal = AbortSignal.any([start.signal, over.signal]);
  const waits: Promise<T>[] = [run(signal)];
  if (state.TimeoutSeconds !== undefined) {
    const seconds = await numberOf(visit, state.TimeoutSeconds, 'TimeoutSeconds');
    const late = async (): Promise<never> => {
      await runtime.sleepUntil((frame.attemptAtMs ?? 0) + seconds * 1000, signal);
      throw new AslError('States.Timeout', `${visit.name} ran longer than ${seconds} seconds`);
    };
    waits.push(late());
  }
  try {
    return await firstOf(waits);
  } finally {
    over.abort();
  }
}

/** Like Promise.race; the losers' failures are nobody's. */
function firstOf<T>(waits: Promise<T>[]): Promise<T> {
  for (const wait of waits) wait.catch(() => {});
  return Promise.race(waits);
}
