import { randomBytes } from 'node:crypto';
import type { Store } from '../store.ts';

/** Where one sequence of states stands. Everything a restart needs is here; a frame is written when it moves. */
export type Frame = {
  readonly path: string;
  /** The execution, or the distributed child, whose history its events count in. */
  readonly scope: string;
  state: string;
  input: unknown;
  variables: Record<string, unknown>;
  visit: number;
  enteredAtMs: number;
  /** Attempts so far of the current state, in all and a retrier. */
  attempts?: number | undefined;
  retries?: number[] | undefined;
  attemptAtMs?: number | undefined;
  /** When a Wait ends or a retry begins. */
  dueAtMs?: number | undefined;
  token?: string | undefined;
  /** The function that carries the token away has returned. */
  handedOver?: boolean | undefined;
  items?: unknown[] | undefined;
  done?: { output: unknown } | { error: string; cause: string } | undefined;
};

export type Answer = { output: string } | { error: string; cause: string };

/** The persistent state of one execution (frames and task tokens), so that a killed host goes on where it was. */
export type Journal = {
  readonly load: (path: string) => Frame | undefined;
  readonly save: (frame: Frame) => void;
  /** Saves a frame that leaves a state: its children and tokens have served. */
  readonly move: (frame: Frame) => void;
  /** Adds history events to a scope and returns how many it has now. */
  readonly addEvents: (scope: string, events: number) => number;
  readonly issueToken: (path: string, atMs: number) => string;
  readonly answerOf: (token: string) => Answer | undefined;
  readonly heartbeatOf: (token: string) => number;
};

export function makeJournals(store: Store): (execution: string) => Journal {
  const { db, transaction } = store;
  const read = db.prepare('SELECT record FROM frames WHERE execution = ? AND path = ?');
  const write = db.prepare(
    'INSERT OR REPLACE INTO frames (execution, path, scope, events, record) VALUES (?, ?, ?, ?, ?)',
  );
  // Paths below "a/1" sort between "a/1/" and "a/10" ("0" follows "/"): a range, not a pattern.
  const clear = db.prepare('DELETE FROM frames WHERE execution = ? AND path >= ? AND path < ?');
  const retire = db.prepare('DELETE FROM tokens WHERE execution = ? AND path >= ? AND path < ?');
  const highest = db.prepare('SELECT max(events) AS events FROM frames WHERE execution = ? AND scope = ?');
  const issue = db.prepare('INSERT INTO tokens (token, execution, path, heartbeat_at) VALUES (?, ?, ?, ?)');
  const answered = db.prepare('SELECT answer, heartbeat_at FROM tokens WHERE token = ?');

  return (execution) => {
    const counts = new Map<string, number>();
    const save = (frame: Frame): void => {
      write.run(execution, frame.path, frame.scope, counts.get(frame.scope) ?? 0, JSON.stringify(frame));
    };
    return {
      load: (path) => {
        const record = read.get(execution, path)?.record;
        return record === undefined ? undefined : (JSON.parse(record as string) as Frame);
      },
      save,
      move: (frame) =>
        transaction(() => {
          save(frame);
          clear.run(execution, `${frame.path}/`, `${frame.path}0`);
          retire.run(execution, frame.path, `${frame.path}0`);
        }),
      addEvents: (scope, events) => {
        const before = counts.get(scope) ?? Number(highest.get(execution, scope)?.events ?? 0);
        counts.set(scope, before + events);
        return before + events;
      },
      issueToken: (path, atMs) => {
        const token = randomBytes(48).toString('base64url');
        issue.run(token, execution, path, atMs);
        return token;
      },
      answerOf: (token) => {
        const answer = answered.get(token)?.answer as string | null | undefined;
        return answer ? (JSON.parse(answer) as Answer) : undefined;
      },
      heartbeatOf: (token) => Number(answered.get(token)?.heartbeat_at ?? 0),
    };
  };
}
