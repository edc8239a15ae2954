import type { ApiClient } from '#infra/api-client';
import { openRun, waitForRun } from '#infra/local/demo/runs';
import { forEachConcurrently } from '#shared/application/payouts/concurrency';
import { type ConsolePerson, signInToConsole } from '#test/support/console-person';
import { type LocalStack, startLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme } from '#test/support/programme';
import type { Figure } from './run.ts';

const SALES = Number(process.env.BENCH_SALES ?? 10_000);
const PARTNERS = 50;
/** The first partner has so many of the sales: its pages are the heaviest. */
const SHARE_OF_THE_FIRST_PERCENT = 40;
const BATCH = 100;
const BATCHES_AT_ONCE = 4;
const VISITS = 15;
const SERVER_BUDGET_MS = 200;
const WEIGHT_BUDGET_KB = 150;
const HOUR_MS = 3_600_000;

type Visited = { readonly path: string; readonly medianMs: number; readonly bytes: number };

/**
 * The console over the local stack, in a programme with so many sales in the month that runs and in the month that is closed: the time
 * of each page that a role is led to, from request to the last byte, the whole way through the host, the page function and the API.
 */
export async function run(): Promise<Figure[]> {
  const stack = await startLocalStack();
  try {
    const { programId, runId, period } = await aBusyProgramme(stack);
    const bare = await visited(await signInToConsole(stack.endpoints.apiUrl, emailOf(stack, 'finance')), '/health');
    const visits: Visited[] = [];
    for (const [who, paths] of await pagesOf(stack, programId, runId, period)) {
      const person = await signInToConsole(stack.endpoints.apiUrl, who);
      for (const path of await withNavigation(person, paths)) visits.push(await visited(person, path));
    }
    const assets = await assetBytes(stack, visits[0]?.path ?? '/console');
    const slowest = visits.toSorted((a, b) => b.medianMs - a.medianMs);
    for (const { path, medianMs, bytes } of slowest) {
      console.log(`  ${medianMs.toFixed(0).padStart(5)} ms ${(bytes / 1000).toFixed(1).padStart(6)} kB  ${path}`);
    }
    const heaviest = Math.max(...visits.map(({ bytes }) => bytes));
    const slow = slowest[0]?.medianMs ?? Number.POSITIVE_INFINITY;
    const weightKb = (heaviest + assets) / 1000;
    return [
      { name: 'pages', value: visits.length, unit: 'pages', ok: visits.length > 20 },
      { name: 'bare request to the same host (/health)', value: bare.medianMs, unit: 'ms', ok: true },
      {
        name: 'median time of the slowest page',
        value: slow,
        unit: 'ms',
        budget: `below ${SERVER_BUDGET_MS} ms`,
        ok: slow < SERVER_BUDGET_MS,
      },
      {
        name: 'heaviest page with its style sheets and scripts, compressed',
        value: weightKb,
        unit: 'kB',
        budget: `below ${WEIGHT_BUDGET_KB} kB`,
        ok: weightKb < WEIGHT_BUDGET_KB,
      },
    ];
  } finally {
    await stack.stop();
  }
}

/** Sales in the last month, which is closed and waits for its decision, and in this one. */
async function aBusyProgramme(stack: LocalStack): Promise<{ programId: string; runId: string; period: string }> {
  const now = new Date();
  const period = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 15)).toISOString().slice(0, 7);
  const admin = stack.as('admin');
  const programId = await aProgramme(admin, { name: 'Busy programme', booksOpenFrom: period, timeZone: 'UTC' });
  for (let at = 0; at < PARTNERS; at += 1) {
    await aPartner(admin, programId, `p${at}`, { startsAt: `${period}-01T00:00:00Z` });
  }
  const [year = 0, month = 1] = period.split('-').map(Number);
  const begin = Date.UTC(year, month - 1, 1);
  const thisMonth = Date.UTC(year, month, 1);
  await sendSales(admin, programId, 'then', begin, thisMonth);
  const runId = await openRun(stack.as('finance'), programId, period);
  await waitForRun(stack.as('finance'), programId, runId, ['awaiting_decision']);
  await sendSales(admin, programId, 'now', thisMonth, Date.now() - HOUR_MS);
  return { programId, runId, period };
}

async function sendSales(api: ApiClient, programId: string, name: string, from: number, to: number): Promise<void> {
  const batches = Array.from({ length: Math.ceil(SALES / BATCH) }, (_, at) => at * BATCH);
  await forEachConcurrently(batches, BATCHES_AT_ONCE, async (first) => {
    const items = Array.from({ length: Math.min(BATCH, SALES - first) }, (_, more) => {
      const at = first + more;
      const partner = at % 100 < SHARE_OF_THE_FIRST_PERCENT ? 0 : 1 + (at % (PARTNERS - 1));
      return {
        orderId: `${name}-${at}`,
        customerId: `customer-${at % (SALES / 2)}`,
        occurredAt: new Date(from + Math.floor(((to - from) * at) / SALES)).toISOString(),
        amount: { minor: 1000 + ((at * 37) % 9000), currency: 'GBP' },
        partnerId: `p${partner}`,
      };
    });
    await api.post(`/v1/programs/${programId}/conversions/batch`, { items });
  });
}

const emailOf = (stack: LocalStack, role: string): string =>
  stack.endpoints.people.find((person) => person.role === role)?.email ?? '';

/** Who looks at what, beside the pages that the navigation leads to. */
async function pagesOf(
  stack: LocalStack,
  programId: string,
  runId: string,
  period: string,
): Promise<readonly (readonly [who: string, paths: readonly string[]])[]> {
  const base = `/console/programs/${programId}`;
  const partner = `${base}/partners/p0`;
  const { items } = await stack
    .as('finance')
    .get<{ items: { statementId: string; partnerId: string }[] }>(
      `/v1/programs/${programId}/statements?period=${period}&partnerId=p0`,
    );
  const statement = items[0]?.statementId ?? '';
  return [
    [
      `p0.${programId}@partners.example`,
      [`${partner}/home`, `${partner}/conversions?period=${period}`, `${partner}/conversions/now-0`],
    ],
    [
      emailOf(stack, 'finance'),
      [
        `${base}/runs/${runId}`,
        `${base}/runs/${runId}/partners`,
        `${base}/statements/${statement}`,
        `${base}/conversions?partnerId=p0`,
      ],
    ],
    [emailOf(stack, 'partner_manager'), [`${base}/dashboard`, partner]],
    [emailOf(stack, 'admin'), [`${base}/people`, `${base}/settings`]],
  ];
}

/** The paths, and all that the first one's navigation leads to. */
async function withNavigation(person: ConsolePerson, paths: readonly string[]): Promise<readonly string[]> {
  const { html } = await person.open(paths[0] ?? '/console');
  const linked = [...html.matchAll(/class="side-link" href="([^"]+)"/g)].map(([, href]) => href ?? '');
  return [...new Set([...paths, ...linked])];
}

async function visited(person: ConsolePerson, path: string): Promise<Visited> {
  const times: number[] = [];
  let bytes = 0;
  // The first ones start functions and fill what is remembered.
  for (let at = -3; at < VISITS; at += 1) {
    const began = performance.now();
    const answer = await person.read(path);
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
    if (at >= 0) times.push(performance.now() - began);
    bytes = answer.sentBytes;
  }
  const medianMs = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  return { path, medianMs, bytes };
}

/** What a first visit loads beside the page, as sent. */
async function assetBytes(stack: LocalStack, path: string): Promise<number> {
  const person = await signInToConsole(stack.endpoints.apiUrl, emailOf(stack, 'admin'));
  const { html } = await person.open(path);
  const paths = new Set([...html.matchAll(/(?:href|src)="(\/console\/assets\/[^"]+)"/g)].map(([, href]) => href ?? ''));
  let bytes = 0;
  for (const asset of paths) bytes += (await person.read(asset)).sentBytes;
  return bytes;
}
