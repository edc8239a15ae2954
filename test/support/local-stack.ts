import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ApiClient, makeApiClient } from '#infra/api-client';
import type { Endpoints } from '#infra/local/demo/sign-in';
import { removeFolder } from './remove-folder.ts';
import { stackFolder } from './stack-folder.ts';

const root = join(import.meta.dirname, '../..');
/** A first start synthesises the app; on a busy machine that takes a while. */
const START_PATIENCE_MS = 120_000;
/** A test goes through most functions in turn: with the few that a laptop keeps loaded, each call would load one again. */
const WARM_THREADS = '48';

/** Names the folder below which the shared stacks of a test run keep their data. */
export const SHARED_STACKS = 'TALLYSTICK_SHARED_STACKS';

export type LocalStack = {
  readonly dataDir: string;
  readonly endpoints: Endpoints;
  /** Where a test may receive webhooks: a port that nobody listens on yet. */
  readonly webhookPort: number;
  /** A client that calls as the first person of a role, or with an API key. */
  as(
    who: 'admin' | 'partner_manager' | 'finance' | 'approver' | 'approver2' | 'partner' | 'merchant_key' | 'admin_key',
  ): ApiClient;
  output(): string;
  /** Ends the processes as a power cut would. */
  kill(): Promise<void>;
  /** Starts again on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** A stack that others use too: nobody ends it, or reads what it says. */
export type SharedStack = Pick<LocalStack, 'dataDir' | 'endpoints' | 'webhookPort' | 'as'>;

/** `npm start -- --empty` on a free port with its own data folder. Drive it over HTTP only. */
export async function startLocalStack(
  args: readonly string[] = ['--empty'],
  dataDir: string = stackFolder('tallystick-e2e-'),
): Promise<LocalStack> {
  const port = await freePort();
  const webhookPort = await freePort();
  let output = '';
  let child: ChildProcess | undefined;
  let endpoints: Endpoints | undefined;

  const start = async (): Promise<void> => {
    const started = Date.now();
    child = spawn(process.execPath, ['infra/local/start.ts', ...args, '--port', String(port), '--data', dataDir], {
      cwd: root,
      env: { ...process.env, WARM_THREADS, WEBHOOK_TRIAL_ORIGIN: `http://127.0.0.1:${webhookPort}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout?.on('data', (chunk) => {
      output += String(chunk);
    });
    child.stderr?.on('data', (chunk) => {
      output += String(chunk);
    });
    const mark = output.length;
    while (!output.slice(mark).includes('Tallystick serves at')) {
      if (child.exitCode !== null) throw new Error(`the local stack ended with ${child.exitCode}:\n${output}`);
      if (Date.now() - started > START_PATIENCE_MS) throw new Error(`the local stack did not start:\n${output}`);
      await pause(50);
    }
    endpoints = JSON.parse(readFileSync(join(dataDir, 'endpoints.json'), 'utf8')) as Endpoints;
  };

  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    child.kill(signal);
    await ended;
  };

  await start();
  return {
    dataDir,
    webhookPort,
    get endpoints() {
      return endpoints as Endpoints;
    },
    as: (who) => makeApiClient((endpoints as Endpoints).apiUrl, tokenOf(endpoints as Endpoints, who)),
    output: () => output,
    kill: () => end('SIGKILL'),
    restart: start,
    stop: async () => {
      await end('SIGTERM');
      if (existsSync(dataDir)) removeFolder(dataDir);
    },
  };
}

let shared: Promise<LocalStack> | undefined;

/**
 * The stack of this worker, as earlier files left it, for files that keep to programmes of their own: a start, and loading each
 * function once, costs as much as such a file. It is ended with all others of its kind (one-stack-a-worker.ts).
 */
export async function sharedLocalStack(): Promise<SharedStack> {
  const folder = process.env[SHARED_STACKS];
  if (!folder) throw new Error(`${SHARED_STACKS} is not set: run the tests by vitest's project e2e`);
  shared ??= startLocalStack(['--empty'], mkdtempSync(join(folder, 'stack-')));
  return shared;
}

function tokenOf(endpoints: Endpoints, who: Parameters<LocalStack['as']>[0]): string {
  if (who === 'merchant_key') return endpoints.apiKeys.merchant;
  if (who === 'admin_key') return endpoints.apiKeys.admin;
  const role = who === 'approver2' ? 'approver' : who;
  const people = endpoints.people.filter((person) => person.role === role);
  const person = people[who === 'approver2' ? 1 : 0];
  if (!person) throw new Error(`endpoints.json names no ${who}`);
  return person.token;
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
