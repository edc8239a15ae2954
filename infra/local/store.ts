import { DatabaseSync } from 'node:sqlite';

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA busy_timeout = 5000;
  CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT, target TEXT NOT NULL, payload TEXT NOT NULL, attempts INTEGER NOT NULL,
    due_at INTEGER NOT NULL, created_at INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS messages (
    id TEXT PRIMARY KEY, queue TEXT NOT NULL, body TEXT NOT NULL, attributes TEXT NOT NULL, sent_at INTEGER NOT NULL,
    visible_at INTEGER NOT NULL, receives INTEGER NOT NULL, receipt TEXT);
  CREATE INDEX IF NOT EXISTS messages_by_queue ON messages (queue, visible_at);
  CREATE TABLE IF NOT EXISTS executions (
    arn TEXT PRIMARY KEY, machine TEXT NOT NULL, name TEXT NOT NULL, input TEXT NOT NULL, status TEXT NOT NULL,
    output TEXT, error TEXT, cause TEXT, started_at INTEGER NOT NULL, stopped_at INTEGER);
  CREATE INDEX IF NOT EXISTS executions_by_machine ON executions (machine, started_at);
  CREATE TABLE IF NOT EXISTS frames (
    execution TEXT NOT NULL, path TEXT NOT NULL, scope TEXT NOT NULL, events INTEGER NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (execution, path)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS tokens (
    token TEXT PRIMARY KEY, execution TEXT NOT NULL, path TEXT NOT NULL, answer TEXT, heartbeat_at INTEGER NOT NULL);
  CREATE INDEX IF NOT EXISTS tokens_by_frame ON tokens (execution, path);
`;

export type Store = {
  readonly db: DatabaseSync;
  readonly get: (name: string) => string | undefined;
  readonly set: (name: string, value: string) => void;
  /** Runs all of it or none; nested calls join the outer transaction. */
  readonly transaction: <T>(work: () => T) => T;
  readonly close: () => void;
};

/** What the host must not forget when it is killed: one SQLite file, so that an effect and its mark commit together. */
export function openStore(file: string): Store {
  const db = new DatabaseSync(file);
  db.exec(SCHEMA);
  const read = db.prepare('SELECT value FROM settings WHERE name = ?');
  const write = db.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)');
  return {
    db,
    get: (name) => read.get(name)?.value as string | undefined,
    set: (name, value) => void write.run(name, value),
    transaction: (work) => {
      if (db.isTransaction) return work();
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => db.close(),
  };
}
