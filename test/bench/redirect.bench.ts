import { fork } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFunctions } from '#infra/build';
import { functionTable } from '#infra/functions';
import type { Figure } from '#test/bench/run';

const BUNDLE_BUDGET_BYTES = 100_000;
const THROUGHPUT_BUDGET_PERCENT = 60;
/**
 * Bare and handler take turns, each first in every second pair, and the median of the pairs' ratios counts: what else runs on
 * the machine slows down both of a pair, or is an outlier. Many short pairs are more alike than few long ones.
 */
const PAIRS = 41;
const ROUND_MS = 200;
const WARM_UP_MS = 4_000;
const MS_PER_SECOND = 1_000;
/** Each sends its next request when it has its answer, as browsers do; raw sockets, so that the client is not what is measured. */
const CONNECTIONS = 32;
const REQUEST =
  'GET /r/spring HTTP/1.1\r\nHost: go.example\r\n' +
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36\r\n\r\n';

/** Network calls, throughput beside a bare node:http redirect in the same run, and weight of the redirect. */
export async function run(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'redirect-bench-'));
  const aws = await countingAws();
  const logFile = openSync(join(folder, 'clicks.log'), 'w');
  const servers: { stop: () => void }[] = [];
  try {
    const definitions = functionTable().filter(({ name }) => name === 'redirect-link');
    await buildFunctions(join(folder, 'bundles'), definitions);
    const bundle = join(folder, 'bundles', 'redirect-link', 'index.mjs');
    const bare = await startServer('bare', {}, logFile);
    const handler = await startServer(bundle, environmentFor(aws.url), logFile);
    servers.push(bare, handler);

    await requestOnce(handler.port);
    const cold = { ...aws.calls };
    // Until the compiler has settled: a slow machine takes some seconds.
    const warmUp = {
      bare: await throughput(bare.port, WARM_UP_MS),
      handler: await throughput(handler.port, WARM_UP_MS),
    };
    const rounds: { bare: number; handler: number }[] = [];
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const early = pair % 2 === 0 ? await throughput(bare.port) : 0;
      const redirects = await throughput(handler.port);
      rounds.push({ bare: early || (await throughput(bare.port)), handler: redirects });
    }
    const answered = 1 + warmUp.handler + rounds.reduce((sum, round) => sum + round.handler, 0);
    const logged = readFileSync(join(folder, 'clicks.log'), 'utf8').split('\n').length - 1;
    const perSecond = (subject: 'bare' | 'handler'): number =>
      (median(rounds.map((round) => round[subject])) * MS_PER_SECOND) / ROUND_MS;
    const percent = 100 * median(rounds.map((round) => round.handler / round.bare));
    const warmCalls = aws.calls.reads - cold.reads + aws.calls.secrets - cold.secrets;
    const bytes = statSync(bundle).size;
    return [
      { name: 'cold link: table reads', value: cold.reads, unit: 'calls', budget: '1', ok: cold.reads === 1 },
      {
        name: 'first click of an instance: secret reads',
        value: cold.secrets,
        unit: 'calls',
        budget: '1',
        ok: cold.secrets === 1,
      },
      {
        name: 'warm: network calls',
        value: warmCalls,
        unit: `calls in ${answered} clicks`,
        budget: '0',
        ok: warmCalls === 0,
      },
      {
        name: 'clicks answered but not logged',
        value: Math.max(0, answered - logged),
        unit: `of ${answered}`,
        budget: '0',
        ok: logged >= answered,
      },
      {
        name: 'bare node:http',
        value: perSecond('bare'),
        unit: 'requests/s',
        ok: true,
      },
      {
        name: 'redirect',
        value: perSecond('handler'),
        unit: 'requests/s',
        ok: true,
      },
      {
        name: 'redirect against bare',
        value: percent,
        unit: '%',
        budget: `at least ${THROUGHPUT_BUDGET_PERCENT}`,
        ok: percent >= THROUGHPUT_BUDGET_PERCENT,
      },
      {
        name: 'bundle',
        value: bytes,
        unit: 'bytes',
        budget: `at most ${BUNDLE_BUDGET_BYTES}`,
        ok: bytes <= BUNDLE_BUDGET_BYTES,
      },
    ];
  } finally {
    for (const server of servers) server.stop();
    aws.stop();
    closeSync(logFile);
    rmSync(folder, { recursive: true, force: true });
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** Stands for DynamoDB and Secrets Manager and counts what it is asked. */
async function countingAws(): Promise<{ url: string; calls: { reads: number; secrets: number }; stop: () => void }> {
  const calls = { reads: 0, secrets: 0 };
  const text = (S: string): { S: string } => ({ S });
  const server = createServer((request, response) => {
    const isRead = String(request.headers['x-amz-target']).startsWith('DynamoDB');
    calls[isRead ? 'reads' : 'secrets'] += 1;
    request.resume().on('end', () => {
      const destination = text('https://shop.example/landing?ref=1');
      const Item = { slug: text('spring'), programId: text('shop'), partnerId: text('mira'), destination };
      response.end(JSON.stringify(isRead ? { Item } : { SecretString: 'x'.repeat(64) }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, calls, stop: () => server.close().closeAllConnections() };
}

function environmentFor(url: string): Record<string, string> {
  return {
    REFERRALS_TABLE: 'Referrals',
    SIGNING_SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:signing',
    CONFIG_TTL_SECONDS: '300',
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
  };
}

function startServer(
  subject: string,
  environment: Record<string, string>,
  logFile: number,
): Promise<{ port: number; stop: () => void }> {
  const child = fork(join(import.meta.dirname, 'redirect-server.ts'), [subject], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', logFile, 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (port) => resolve({ port: Number(port), stop: () => child.kill() }));
    child.once('exit', (code) => reject(new Error(`the ${subject} server ended with ${code}`)));
  });
}

async function requestOnce(port: number): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/r/spring`, { redirect: 'manual' });
  if (response.status !== 302) throw new Error(`the redirect answered ${response.status}`);
}

/** Requests answered in one round; every request sent is waited for. */
async function throughput(port: number, forMs = ROUND_MS): Promise<number> {
  const until = Date.now() + forMs;
  let isOver = false;
  // A client that sleeps has to be woken, which costs a server more than a redirect, and only the slower of the two would pay.
  const stayAwake = (): void => {
    if (!isOver) setImmediate(stayAwake);
  };
  stayAwake();
  const counts = await Promise.all(Array.from({ length: CONNECTIONS }, () => hammer(port, until)));
  isOver = true;
  return counts.reduce((sum, count) => sum + count, 0);
}

function hammer(port: number, until: number): Promise<number> {
  const mark = Buffer.from('HTTP/1.1 302');
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(REQUEST));
    let answered = 0;
    socket.on('data', (chunk) => {
      // Answers are far smaller than a packet: each comes in one piece.
      if (!chunk.subarray(0, mark.length).equals(mark)) return reject(new Error(`answered ${chunk.subarray(0, 80)}`));
      answered += 1;
      if (Date.now() < until) return void socket.write(REQUEST);
      socket.end();
      resolve(answered);
    });
    socket.once('error', reject);
  });
}
