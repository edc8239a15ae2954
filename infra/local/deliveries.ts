import { randomUUID } from 'node:crypto';
import { AwsError, byteLength } from './aws-error.ts';
import { type Lambda, MAX_ASYNC_BYTES } from './lambda.ts';
import type { Store } from './store.ts';

/** AWS waits 1 and 2 minutes before it calls a function again; a person at a laptop need not. */
const RETRY_AFTER_MS = [1_000, 2_000];
const MAX_RETRY_WAIT_MS = 60_000;
const MAX_AT_ONCE = 10;
const DEFAULT_LAMBDA_RETRIES = 2;

/** What becomes of a function's asynchronous calls: its EventInvokeConfig, or its own dead-letter queue. */
export type AsyncPolicy = {
  retries?: number | undefined;
  onFailure?: string | undefined;
  deadLetter?: string | undefined;
};

/** An asynchronous call. `retries` and `deadLetter` are the rule's or schedule's, for targets other than functions. */
export type Delivery = {
  readonly arn: string;
  readonly retries?: number | undefined;
  readonly deadLetter?: string | undefined;
};

export type Deliveries = {
  /** Durable when it returns. @throws AwsError when the payload is above the asynchronous limit. */
  readonly send: (delivery: Delivery, payload: string) => void;
  readonly start: () => void;
  readonly stop: () => void;
};

type Row = { id: number; target: string; payload: string; attempts: number; due_at: number; created_at: number };
type Outcome = { ok: true } | { ok: false; response: string };

/** Delivers asynchronous calls at least once, also across a restart, with retries and dead letters as Lambda does. */
export function makeDeliveries(deps: {
  store: Store;
  lambda: Lambda;
  policies: ReadonlyMap<string, AsyncPolicy>;
  startExecution: (arn: string, input: string) => void;
  sendMessage: (queueArn: string, body: string, attributes?: Record<string, string>) => void;
}): Deliveries {
  const { db, transaction } = deps.store;
  const insert = db.prepare(
    'INSERT INTO deliveries (target, payload, attempts, due_at, created_at) VALUES (?, ?, 0, ?, ?)',
  );
  const due = db.prepare('SELECT * FROM deliveries WHERE due_at <= ? ORDER BY id LIMIT 50');
  const next = db.prepare('SELECT min(due_at) AS at FROM deliveries WHERE due_at > ?');
  const postpone = db.prepare('UPDATE deliveries SET attempts = ?, due_at = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM deliveries WHERE id = ?');
  const busy = new Set<number>();
  let timer: NodeJS.Timeout | undefined;
  let running = false;

  const wake = (afterMs = 0): void => {
    if (!running) return;
    clearTimeout(timer);
    timer = setTimeout(round, afterMs);
    timer.unref();
  };

  const round = (): void => {
    const rows = (due.all(Date.now()) as unknown as Row[]).filter((row) => !busy.has(row.id));
    for (const row of rows.slice(0, MAX_AT_ONCE - busy.size)) {
      busy.add(row.id);
      void attempt(row).finally(() => {
        busy.delete(row.id);
        wake();
      });
    }
    const at = next.get(Date.now())?.at as number | null | undefined;
    if (at && rows.length === 0) wake(Math.min(at - Date.now(), MAX_RETRY_WAIT_MS));
  };

  const attempt = async (row: Row): Promise<void> => {
    const target = JSON.parse(row.target) as Delivery;
    const outcome = await deliver(target.arn, row.payload);
    if (!running) return;
    const attempts = row.attempts + 1;
    const policy = deps.policies.get(target.arn);
    const retries = deps.lambda.has(target.arn) ? (policy?.retries ?? DEFAULT_LAMBDA_RETRIES) : (target.retries ?? 0);
    transaction(() => {
      if (outcome.ok) remove.run(row.id);
      else if (attempts <= retries) {
        const wait = RETRY_AFTER_MS[attempts - 1] ?? Math.min(1000 * 2 ** attempts, MAX_RETRY_WAIT_MS);
        postpone.run(attempts, Date.now() + wait, row.id);
      } else {
        bury(target, policy, row.payload, attempts, outcome.response);
        remove.run(row.id);
      }
    });
  };

  const deliver = async (arn: string, payload: string): Promise<Outcome> => {
    try {
      if (deps.lambda.has(arn)) {
        const result = await deps.lambda.invoke(arn, payload);
        return result.functionError ? { ok: false, response: result.payload } : { ok: true };
      }
      if (arn.includes(':stateMachine:')) deps.startExecution(arn, payload);
      else if (arn.startsWith('arn:aws:sqs:')) deps.sendMessage(arn, payload);
      else throw new AwsError('ResourceNotFoundException', `nothing at ${arn}`);
      return { ok: true };
    } catch (error) {
      const { name, message } = error as Error;
      return { ok: false, response: JSON.stringify({ errorType: name, errorMessage: message }) };
    }
  };

  const bury = (
    target: Delivery,
    policy: AsyncPolicy | undefined,
    payload: string,
    attempts: number,
    response: string,
  ): void => {
    const { errorMessage } = JSON.parse(response) as { errorMessage?: string };
    const reason = { ErrorCode: '200', ErrorMessage: (errorMessage ?? '').slice(0, 1024), RequestID: randomUUID() };
    if (policy?.onFailure) {
      const envelope = {
        version: '1.0',
        timestamp: new Date().toISOString(),
        requestContext: {
          requestId: reason.RequestID,
          functionArn: `${target.arn}:$LATEST`,
          condition: 'RetriesExhausted',
          approximateInvokeCount: attempts,
        },
        requestPayload: JSON.parse(payload) as unknown,
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        responsePayload: JSON.parse(response) as unknown,
      };
      deps.sendMessage(policy.onFailure, JSON.stringify(envelope));
    } else if (policy?.deadLetter) deps.sendMessage(policy.deadLetter, payload, reason);
    else if (target.deadLetter) deps.sendMessage(target.deadLetter, payload, reason);
  };

  return {
    send: (delivery, payload) => {
      if (byteLength(payload) > MAX_ASYNC_BYTES) {
        throw new AwsError(
          'RequestTooLargeException',
          `${byteLength(payload)} bytes is above ${MAX_ASYNC_BYTES} for Event`,
          413,
        );
      }
      insert.run(JSON.stringify(delivery), payload, Date.now(), Date.now());
      wake();
    },
    start: () => {
      running = true;
      wake();
    },
    stop: () => {
      running = false;
      clearTimeout(timer);
    },
  };
}
