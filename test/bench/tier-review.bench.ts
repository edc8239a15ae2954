import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { standingItem } from '#shared/adapters/dynamodb/partners/partner-items';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partners/partner-terms-reader';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import { makeTierSchemes } from '#shared/adapters/dynamodb/partners/tier-schemes';
import { makeTierMemos } from '#shared/adapters/dynamodb/partners/tiers/tier-memos';
import { makeTierReviews } from '#shared/adapters/dynamodb/partners/tiers/tier-reviews';
import { customerKey, firstPurchaseRank } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { conversionItem } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import { refundItem } from '#shared/adapters/dynamodb/referrals/sales/refunds';
import { makeTierFacts } from '#shared/adapters/dynamodb/referrals/sales/tier-facts';
import { makePlanTierReview } from '#shared/application/partners/plan-tier-review';
import { makeReviewTiers } from '#shared/application/partners/review-tiers';
import { makeMeasurePartners } from '#shared/application/partners/tiers/measure-partner';
import { makeReadSales } from '#shared/application/partners/tiers/read-sales';
import { NOTHING_COUNTED, type ReviewCounts } from '#shared/application/partners/tiers/review-counts';
import { forEachConcurrently } from '#shared/application/payouts/concurrency';
import type { FirstPurchaseCandidate } from '#shared/domain/facts/facts';
import { addCalendarDays, periodOf } from '#shared/domain/time/calendar';
import { type Instant, type Period, toInstant } from '#shared/domain/time/instant';
import type { Figure } from '#test/bench/run';
import { acme, aStanding, instant } from '#test/support/builders/partners';
import { aConversion, aRefund } from '#test/support/builders/referrals';
import { startDynoxide } from '#test/support/dynoxide';
import { makeFakePrograms } from '#test/support/fakes/programs';

const PARTNERS = Number(process.env.BENCH_PARTNERS ?? 10_000);
/** From none to this many a partner over twelve months: six on average. */
const MAX_SALES = 12;
const NIGHT_BUDGET_SECONDS = 30;
/** As the workflow has shards at once. */
const SHARDS_AT_ONCE = 10;
const ITEMS_A_BATCH = 25;
const BATCHES_AT_ONCE = 8;
const NOW = Date.parse('2026-12-20T03:00:00Z');
const DAY_MS = 86_400_000;

/** A night of 10,000 partners on the engine: reviewed for the first time, on an ordinary night, and again in the same night. */
export async function run(): Promise<Figure[]> {
  const world = await aWorld();
  try {
    await world.load();
    const first = await world.night({ programId: 'acme', period: '2026-11' as Period, isPaid: true });
    await world.newFacts();
    const ordinary = await world.night({ programId: 'acme', asOf: toInstant(NOW) });
    const again = await world.night({ programId: 'acme', asOf: toInstant(NOW) });
    const told = (counts: ReviewCounts): string =>
      `${counts.promoted} promoted, ${counts.warned} warned, ${counts.nudged} told what is near`;
    console.log(`  first: ${told(first.counts)}; ordinary: ${told(ordinary.counts)}`);
    return [
      {
        name: 'partners',
        value: ordinary.counts.reviewed,
        unit: 'partners',
        ok: ordinary.counts.reviewed === PARTNERS,
      },
      seconds('first review, nothing remembered', first),
      { name: 'first review, write units', value: first.writeUnits, unit: 'units', ok: true },
      seconds('an ordinary night', ordinary, NIGHT_BUDGET_SECONDS),
      { name: 'an ordinary night, calls of the store', value: ordinary.calls, unit: 'calls', ok: true },
      { name: 'an ordinary night, write units', value: ordinary.writeUnits, unit: 'units', ok: true },
      seconds('the same night again', again, NIGHT_BUDGET_SECONDS),
      {
        name: 'the same night again, write units',
        value: again.writeUnits,
        unit: 'units',
        budget: '0',
        ok: again.writeUnits === 0,
      },
    ];
  } finally {
    await world.stop();
  }
}

type Night = {
  readonly seconds: number;
  readonly calls: number;
  readonly writeUnits: number;
  readonly counts: ReviewCounts;
};

function seconds(name: string, night: Night, budget?: number): Figure {
  const ok = budget === undefined || night.seconds <= budget;
  return {
    name,
    value: night.seconds,
    unit: 's',
    ...(budget === undefined ? {} : { budget: `at most ${budget} s` }),
    ok,
  };
}

async function aWorld() {
  const engine = await startDynoxide();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'eu-west-1', credentials });
  await createTable(client, 'Partners', 'contract');
  await createTable(client, 'Referrals', 'facts');
  const plain = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const used = { calls: 0, writeUnits: 0 };
  const documents = counting(plain, used);
  const partnersTable = { documents, tableName: 'Partners' };
  const referralsTable = { documents, tableName: 'Referrals' };
  const programs = {
    ...makeFakePrograms(acme({ booksOpenFrom: '2025-01' as Period, closedThrough: '2026-11' as Period })),
    list: async function* () {},
  };
  const zone = programs.zone('Europe/London');
  const reviews = makeTierReviews(partnersTable);
  const clock = (): number => NOW;
  const plan = makePlanTierReview({ programs, terms: makePartnerTermsReader(partnersTable), reviews, clock });
  const review = makeReviewTiers({
    partners: makePartnerStore(partnersTable),
    programs,
    schemes: makeTierSchemes(partnersTable),
    plans: { get: async () => undefined },
    measurePartners: makeMeasurePartners({
      programs,
      readSales: makeReadSales({ facts: makeTierFacts(referralsTable), memos: makeTierMemos(partnersTable) }),
      finalMonths: reviews.final,
      clock,
    }),
    reviews,
    clock,
    log: { info() {}, warn() {}, error() {} },
  });

  const put = async (tableName: string, items: readonly Record<string, unknown>[]): Promise<void> => {
    const starts = Array.from({ length: Math.ceil(items.length / ITEMS_A_BATCH) }, (_, index) => index * ITEMS_A_BATCH);
    await forEachConcurrently(starts, BATCHES_AT_ONCE, async (start) => {
      const batch = items.slice(start, start + ITEMS_A_BATCH).map((Item) => ({ PutRequest: { Item } }));
      await plain.send(new BatchWriteCommand({ RequestItems: { [tableName]: batch } }));
    });
  };
  const saleOf = (partner: number, sale: number, occurredAt: Instant, recordedAt = occurredAt) => {
    const orderId = `o-${partner}-${sale}`;
    const period = periodOf(addCalendarDays(Date.parse(occurredAt), 30, zone), zone);
    const conversion = aConversion({
      ...{ programId: 'acme', orderId, customerId: `c-${orderId}`, partnerId: idOf(partner) },
      ...{ occurredAt, recordedAt, period },
    });
    const first = { period, occurredAt, conversionId: orderId };
    return [conversionItem(conversion), customerItem(conversion.customerId, first)];
  };

  return {
    load: async (): Promise<void> => {
      const partners = Array.from({ length: PARTNERS }, (_, index) => index);
      await put(
        'Partners',
        partners.map((index) => standingItem(standingOf(index))),
      );
      const sales = partners.flatMap((index) =>
        Array.from({ length: salesOf(index) }, (_, sale) => saleOf(index, sale, monthsAgo(index, sale))).flat(),
      );
      await put('Referrals', sales);
    },
    /** Of every fifth partner a sale that has matured, and of some promoted ones a refund. */
    newFacts: async (): Promise<void> => {
      const some = Array.from({ length: PARTNERS / 5 }, (_, index) => index * 5);
      const occurredAt = instant('2026-11-15T12:00:00Z');
      await put(
        'Referrals',
        some.flatMap((index) => saleOf(index, MAX_SALES, occurredAt)),
      );
      const back = Array.from({ length: PARTNERS / 20 }, (_, index) => index * 20 + 1).filter(
        (index) => salesOf(index) > 0,
      );
      await put(
        'Referrals',
        back.map((index) =>
          refundItem(
            aRefund({
              ...{ programId: 'acme', refundId: `r-${index}`, orderId: `o-${index}-0`, partnerId: idOf(index) },
              ...{ amountMinor: 10_00n, period: '2026-12' as Period, occurredAt: instant('2026-12-10T00:00:00Z') },
              recordedAt: instant('2026-12-10T00:00:01Z'),
            }),
          ),
        ),
      );
    },
    night: async (input: Parameters<typeof plan>[0]): Promise<Night> => {
      Object.assign(used, { calls: 0, writeUnits: 0 });
      const begin = performance.now();
      let counts = NOTHING_COUNTED;
      const { shards } = await plan(input);
      await forEachConcurrently(shards, SHARDS_AT_ONCE, async (shard) => {
        const done = await review(shard);
        counts = sum(counts, done.counts);
      });
      return { seconds: (performance.now() - begin) / 1_000, ...used, counts };
    },
    stop: async (): Promise<void> => {
      client.destroy();
      await engine.stop();
    },
  };
}

const idOf = (partner: number): string => `p${String(partner).padStart(6, '0')}`;
const salesOf = (partner: number): number => (partner * 7) % (MAX_SALES + 1);
/** Spread over the twelve months before November's last matured sale. */
const monthsAgo = (partner: number, sale: number): Instant =>
  toInstant(Date.parse('2026-10-25T12:00:00Z') - (sale * 27 + (partner % 20)) * DAY_MS);

function standingOf(partner: number) {
  const at = instant('2025-01-01T00:00:00Z');
  const held = {
    certificationId: 'c1',
    certification: 'basics',
    certifiedAt: at,
    recordedAt: at,
    recordedBy: 'manager',
  };
  return aStanding({ partnerId: idOf(partner), certifications: partner % 2 === 0 ? [] : [held] });
}

/** As a customer's first sale leaves it. */
function customerItem(customerId: string, first: FirstPurchaseCandidate): Record<string, unknown> {
  return {
    ...customerKey('acme', customerId),
    firstPeriod: first.period,
    firstOccurredAt: first.occurredAt,
    firstOrderId: first.conversionId,
    firstRank: firstPurchaseRank(first),
  };
}

function sum(a: ReviewCounts, b: ReviewCounts): ReviewCounts {
  const keys = Object.keys(a) as (keyof ReviewCounts)[];
  return Object.fromEntries(keys.map((key) => [key, a[key] + b[key]])) as ReviewCounts;
}

function counting(
  documents: DynamoDBDocumentClient,
  used: { calls: number; writeUnits: number },
): DynamoDBDocumentClient {
  const send = async (command: { readonly input: object }): Promise<unknown> => {
    Object.assign(command.input, { ReturnConsumedCapacity: 'TOTAL' });
    const answer = (await documents.send(command as never)) as { ConsumedCapacity?: { CapacityUnits?: number } };
    used.calls += 1;
    if (/^(Put|Update|TransactWrite)Command$/.test(command.constructor.name)) {
      for (const { CapacityUnits = 0 } of [answer.ConsumedCapacity ?? []].flat()) used.writeUnits += CapacityUnits;
    }
    return answer;
  };
  return { send } as unknown as DynamoDBDocumentClient;
}

async function createTable(client: DynamoDBClient, TableName: string, index: string): Promise<void> {
  const names = ['pk', 'sk', `${index}Pk`, `${index}Sk`] as const;
  const keys = ([hash, range]: readonly [string, string]) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      KeySchema: keys(['pk', 'sk']),
      GlobalSecondaryIndexes: [
        { IndexName: index, KeySchema: keys([names[2], names[3]]), Projection: { ProjectionType: 'ALL' } },
      ],
    }),
  );
}
