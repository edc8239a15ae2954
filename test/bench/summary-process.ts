import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { reviewPageItem } from '#shared/adapters/dynamodb/money/runs/review-pages';
import { makeRunReviews } from '#shared/adapters/dynamodb/money/runs/run-reviews';
import { makeRunShards } from '#shared/adapters/dynamodb/money/runs/run-shards';
import { makePayeesOnRecord } from '#shared/adapters/dynamodb/partners/payees-on-record';
import { timeZoneOf } from '#shared/adapters/time-zones';
import { makeCheckPartners } from '#shared/application/payouts/runs/check-partners';
import { PARTNERS_PER_SHARD } from '#shared/application/payouts/runs/plan-payout-run';
import { makeBuildReview } from '#shared/application/payouts/runs/review/build-review';
import { makeFindWarnings } from '#shared/application/payouts/runs/run-warnings';
import { shardName } from '#shared/application/payouts/runs/shard-ranges';
import { makeSummarisePayoutRun } from '#shared/application/payouts/runs/summarise-payout-run';
import { makeFindWaiting } from '#shared/application/payouts/runs/waiting-lists';
import { statementIdOf } from '#shared/domain/ledger/money-ids';
import type { Payout } from '#shared/domain/ledger/payout';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { reviewRow } from '#shared/domain/run/review';
import type { Instant, Period } from '#shared/domain/time/instant';
import { sha256 } from '#test/support/builders/payouts';
import { aProgramme, aRun } from '#test/support/builders/runs';

/** One summary in a process of its own: `node summary-process.ts <partners> <ms a call>`. Every partner was paid the month before. */
const [partners, callMs] = process.argv.slice(2).map(Number);
if (!partners || callMs === undefined) throw new Error('usage: summary-process.ts <partners> <ms a call>');

const MB = 1_048_576;
const BYTES_A_PAGE = 1_000_000;
const SAMPLE_MS = 20;
const AS_OF = '2026-01-02T08:00:00.000Z' as Instant;
const programId = 'acme';
const count = partners;
const shardCount = Math.ceil(count / PARTNERS_PER_SHARD);
const last = aRun({ programId, runId: '2025-12.1', period: '2025-12' as Period, review: { asOf: AS_OF, root: '' } });
const run = aRun({ programId, runId: '2026-01.1', period: '2026-01' as Period, shardCount });
const partnerIdOf = (index: number): string => `partner-${String(index).padStart(9, '0')}`;
/** As random as ids are: what is packed is not smaller than it would be. */
const payeeIdOf = (index: number): string => sha256(`payee ${index}`).slice(0, 26);
const indexOf = (id: string): number => Number(/partner-(\d+)/.exec(id)?.[1]);

const calls: Record<string, number> = {};
let pageBytes = 0;
async function called(name: string): Promise<void> {
  calls[name] = (calls[name] ?? 0) + 1;
  if (callMs) await sleep(callMs);
}

/** Mostly paid; some carry a small balance or a debt. */
function amountsOf(index: number): Record<string, number> {
  const earnedMinor = (index * 7_919) % 90_000;
  const isDebt = index % 50 === 0;
  const payableMinor = isDebt || earnedMinor < 900 ? 0 : earnedMinor;
  return {
    earnedMinor: isDebt ? 0 : earnedMinor,
    clawbackMinor: isDebt ? -(index + 1) : 0,
    adjustmentMinor: 0,
    openingBalanceMinor: 0,
    payableMinor,
    closingBalanceMinor: isDebt ? -(index + 1) : earnedMinor - payableMinor,
  };
}

function indexesOf(shard: number): readonly number[] {
  const first = shard * PARTNERS_PER_SHARD;
  return Array.from({ length: Math.min(PARTNERS_PER_SHARD, count - first) }, (_, index) => first + index);
}

function resultItem(runId: string, shard: number): Record<string, unknown> {
  const statements = indexesOf(shard).map((index) => {
    const statementId = statementIdOf(runId, partnerIdOf(index), 'EUR');
    return {
      statementId,
      partnerId: partnerIdOf(index),
      currency: 'EUR',
      digest: sha256(statementId),
      ...amountsOf(index),
    };
  });
  return { shard: shardName(shard), factCount: 500, factsDigest: sha256(`${shard}`), sales: { EUR: 250 }, statements };
}

function rowsItem(shard: number): Record<string, unknown> {
  const rows = indexesOf(shard).map((index) => {
    const amounts = Object.fromEntries(Object.entries(amountsOf(index)).map(([name, value]) => [name, BigInt(value)]));
    const partnerId = partnerIdOf(index);
    const facts = {
      ...{ partnerId, currency: 'EUR', statement: amounts, waitingPayouts: 0, waitingMinor: 0n, standingHolds: [] },
      ...{ payee: { payeeId: payeeIdOf(index), rail: 'stripe' }, openDisputes: 0, heldSales: 0, heldSalesMinor: 0n },
    };
    return reviewRow(facts as unknown as Parameters<typeof reviewRow>[0], { asOf: AS_OF, changeFlagPercent: 50 });
  });
  return reviewPageItem({ shard: shardName(shard), ordinal: 0, rows });
}

function payeeItemOf(pk: string): Record<string, unknown> {
  const changedAt = '2025-01-01T00:00:00.000Z';
  const shown = { rail: 'stripe', name: 'A Partner' };
  return {
    pk,
    sk: 'PAYEE',
    payeeId: payeeIdOf(indexOf(pk)),
    shown,
    sealed: 'x'.repeat(400),
    fingerprint: 'f',
    changedAt,
    changedBy: 'person:a',
  };
}

type Command = { readonly input: Record<string, unknown>; readonly constructor: { readonly name: string } };

/** Pages as the table answers them, at most a megabyte each. */
async function query(input: Record<string, unknown>): Promise<unknown> {
  const values = input.ExpressionAttributeValues as Record<string, string>;
  const isResult = values[':from']?.startsWith('RESULT#') ?? false;
  const runId = values[':pk']?.split('#').at(-1) ?? '';
  await called(isResult ? 'pages of results' : 'pages of the last review');
  const itemOf = (shard: number): Record<string, unknown> => (isResult ? resultItem(runId, shard) : rowsItem(shard));
  const perPage = Math.max(1, Math.floor(BYTES_A_PAGE / sizeOf(itemOf(0))));
  const from = (input.ExclusiveStartKey as { next: number } | undefined)?.next ?? 0;
  const to = Math.min(from + perPage, shardCount);
  const Items = Array.from({ length: to - from }, (_, index) => itemOf(from + index));
  return to < shardCount ? { Items, LastEvaluatedKey: { next: to } } : { Items };
}

const plain = (_name: string, value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);

function sizeOf(item: Record<string, unknown>): number {
  return item.packed instanceof Uint8Array ? item.packed.length : JSON.stringify(item, plain).length;
}

const documents = {
  send: async ({ input, constructor: { name } }: Command): Promise<unknown> => {
    if (name === 'QueryCommand') return query(input);
    if (name === 'PutCommand') {
      await called('writes of the review');
      pageBytes += sizeOf((input as { Item: Record<string, unknown> }).Item);
      return {};
    }
    if (name !== 'BatchGetCommand') throw new Error(`nobody expected ${name}`);
    await called('batches of payees');
    const [[table = '', { Keys = [] } = {}] = []] = Object.entries(
      (input as { RequestItems: Record<string, { Keys?: { pk: string }[] }> }).RequestItems,
    );
    return { Responses: { [table]: Keys.map(({ pk }) => payeeItemOf(pk)) }, UnprocessedKeys: {} };
  },
} as unknown as DynamoDBDocumentClient;

const table = { documents, tableName: 'Table' };
const shards = makeRunShards(table);
const reviews = makeRunReviews(table);
let learnt: Partial<PayoutRun> = {};
const program = aProgramme({ programId });
const runs = {
  get: async (_programId: string, runId: string) => (runId === run.runId ? { ...run, ...learnt } : last),
  latestOf: async () => last,
  advance: async (_programId: string, _runId: string, _to: unknown, findings: Partial<PayoutRun> = {}) => {
    learnt = { ...learnt, ...findings };
    return true;
  },
  endUnpaid: async () => false,
};
const controls = { controlsChanges: async () => [], policyChanges: async () => [] };
const listed = {
  listIds: async (_programId: string, { after, limit }: { after?: string | undefined; limit: number }) => {
    await called('pages of partners');
    const from = after === undefined ? 0 : indexOf(after) + 1;
    return Array.from({ length: Math.max(0, Math.min(limit, count - from)) }, (_, index) => partnerIdOf(from + index));
  },
  terms: async () => undefined,
};
const payouts = {
  async *reserved() {},
  getMany: async (_programId: string, ids: readonly string[]) => {
    await called('batches of payouts');
    return ids.map(
      (payoutId) =>
        ({
          payoutId,
          partnerId: partnerIdOf(indexOf(payoutId)),
          status: 'settled',
          submissionRunId: last.runId,
        }) as Payout,
    );
  },
};
const waitingLists = { putPage: async () => {}, async *all() {} };
const heldSales = { inPeriod: async () => [] };

const summarise = makeSummarisePayoutRun({
  installationPayer: 'Acme GmbH',
  programs: { get: async () => program, zone: timeZoneOf },
  policies: { get: async () => program },
  runs,
  shards,
  checkPartners: makeCheckPartners({
    partners: listed,
    enrolments: { at: async () => undefined },
    adjustments: { ofPartner: async () => [] },
  }),
  findWarnings: makeFindWarnings({
    adjustments: { list: async () => ({ items: [], more: false }) },
    runs,
    statements: {
      header: async () => {
        await called('statements of earlier months');
        return undefined;
      },
    },
    controls,
    heldSales,
    partnerSignals: { list: async () => [] },
    zone: timeZoneOf,
  }),
  findWaiting: makeFindWaiting({ payouts, waitingLists, digest: sha256 }),
  buildReview: makeBuildReview({
    runs,
    shards,
    reviews,
    waitingLists,
    payouts,
    holds: { async *all() {} },
    heldSales,
    openDisputes: { count: async () => new Map() },
    payees: makePayeesOnRecord({ ...table, pause: sleep, random: Math.random }),
    railsSetUp: async () => new Set(['stripe'] as const),
    digest: sha256,
    clock: () => Date.parse('2026-02-01T08:10:00Z'),
  }),
  digest: sha256,
  clock: () => Date.parse('2026-02-01T08:10:00Z'),
});

let peakMb = 0;
const look = (): void => {
  peakMb = Math.max(peakMb, process.memoryUsage.rss() / MB);
};
const looking = setInterval(look, SAMPLE_MS);
const begun = performance.now();
const cpuBegun = process.cpuUsage();
await summarise({ programId, runId: run.runId });
const seconds = (performance.now() - begun) / 1_000;
const { user, system } = process.cpuUsage(cpuBegun);
look();
clearInterval(looking);
const cpuSeconds = (user + system) / 1_000_000;
console.log(
  JSON.stringify({ partners, seconds, cpuSeconds, peakMb, calls, pageBytes, contentHash: learnt.contentHash }),
);
