import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_WITHIN_MS = 5_000;
const STOP_WITHIN_MS = 3_000;

export type DynamodbEngine = {
  readonly endpoint: string;
  /** Ends a slowness of the engine: without this index every write to a table with a stream scans all its records. */
  readonly indexStreams: () => void;
  readonly stop: () => Promise<void>;
};

/**
 * Starts dynoxide on a file in `directory` (in memory without one). It dies with this process, also after kill -9.
 * `DYNAMODB_ENDPOINT` names an engine that runs already and is used instead. @throws when there is no engine.
 */
export async function startDynamodbEngine(options: {
  directory?: string | undefined;
  port: number;
  /** Told when the engine ends without having been stopped. */
  onEnd?: (() => void) | undefined;
}): Promise<DynamodbEngine> {
  const given = process.env.DYNAMODB_ENDPOINT;
  if (given) return { endpoint: given, indexStreams: () => {}, stop: async () => {} };
  const binary = findBinary();
  const file = options.directory ? join(options.directory, 'dynamodb.sqlite') : undefined;
  const pidFile = options.directory ? join(options.directory, 'dynamodb.pid') : undefined;
  if (pidFile && file) await endStaleEngine(pidFile, file);
  const args = ['--host', '127.0.0.1', '--port', String(options.port), ...(file ? ['--db-path', file] : [])];
  // Own process groups, so that Ctrl-C in a terminal reaches the host first and functions can still write.
  const engine = spawn(binary, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const guard = spawn('/bin/sh', ['-c', 'cat >/dev/null; kill "$0" 2>/dev/null', String(engine.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  let complaint = '';
  engine.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-500);
  });
  let stopping = false;
  const ended = new Promise<void>((done) => engine.once('exit', () => done()));
  void ended.then(() => (stopping ? undefined : options.onEnd?.()));
  if (pidFile && engine.pid) writeFileSync(pidFile, String(engine.pid));
  const endpoint = `http://127.0.0.1:${options.port}`;
  await untilReady(
    endpoint,
    () => engine.exitCode !== null,
    () => complaint,
  );
  // The pipes must not keep a finished program alive.
  for (const child of [engine, guard]) child.unref();
  (engine.stderr as unknown as { unref: () => void }).unref();
  (guard.stdin as unknown as { unref: () => void }).unref();
  return {
    endpoint,
    indexStreams: () => (file ? addStreamIndex(file) : undefined),
    stop: async () => {
      stopping = true;
      engine.kill('SIGTERM');
      await Promise.race([ended, sleep(STOP_WITHIN_MS).then(() => engine.kill('SIGKILL'))]);
      guard.stdin.end();
      if (pidFile) rmSync(pidFile, { force: true });
    },
  };
}

function findBinary(): string {
  const candidates = (process.env.PATH ?? '').split(delimiter).map((directory) => join(directory, 'dynoxide'));
  try {
    const manifest = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json');
    candidates.unshift(join(manifest, '..', 'dynoxide'));
  } catch {
    // Not installed on this platform: the PATH may have it.
  }
  for (const candidate of candidates) {
    if (!existsSync(candidate)) continue;
    accessSync(candidate, constants.X_OK);
    return candidate;
  }
  throw new Error(
    `No DynamoDB engine for ${process.platform}-${process.arch}: its npm package serves linux-x64. ` +
      'Put "dynoxide" on the PATH (https://github.com/nubo-db/dynoxide), or set DYNAMODB_ENDPOINT to a running engine.',
  );
}

async function endStaleEngine(pidFile: string, file: string): Promise<void> {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  const isOurs = (): boolean => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(file);
    } catch {
      return false;
    }
  };
  if (isOurs()) process.kill(pid, 'SIGTERM');
  for (let waited = 0; isOurs() && waited < STOP_WITHIN_MS; waited += 20) await sleep(20);
}

async function untilReady(endpoint: string, hasEnded: () => boolean, complaint: () => string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!hasEnded() && Date.now() < deadline) {
    try {
      await fetch(endpoint);
      return;
    } catch {
      await sleep(10);
    }
  }
  throw new Error(`The DynamoDB engine did not start on ${endpoint}. ${complaint().trim()}`);
}

function addStreamIndex(file: string): void {
  try {
    const db = new DatabaseSync(file);
    db.exec('PRAGMA busy_timeout = 2000');
    db.exec(
      'CREATE INDEX IF NOT EXISTS local_stream_seq ON _stream_records(table_name, CAST(sequence_number AS INTEGER))',
    );
    db.close();
  } catch {
    // Slower, not wrong.
  }
}
