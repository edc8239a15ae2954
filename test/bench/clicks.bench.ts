import { type DynamoDBDocumentClient, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { makeClickRollups } from '#shared/adapters/dynamodb/referrals/clicks/click-rollups';
import { MAX_SPREAD } from '#shared/adapters/dynamodb/referrals/clicks/click-spread';
import {
  clickDayOrder,
  clickHourOrder,
  clickShardPartition,
  clickSpreadKey,
  clickTotalKey,
  clickValuesShardPartition,
  type Key,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import type { ClickToCount } from '#shared/application/tracking/clicks/click-ports';
import type { Figure } from '#test/bench/run';
import { aClickToCount } from '#test/support/builders/clicks';
import { aReferralsTable } from '#test/support/referrals-table';

/** What issue and design ask of one link. */
const CLICKS_A_SECOND = 100_000;
/** DynamoDB serves 1,000 write units a second on one partition key; half of it is room for a second that is worse than others. */
const HOTTEST_BUDGET = 500;
/**
 * Lines of one link in a delivery. CloudWatch Logs documents no batch size, only that a delivery holds events of one log stream
 * (`logStream` in https://docs.aws.amazon.com/lambda/latest/dg/services-cloudwatchlogs.html), and a stream is one instance of the
 * redirect, which answers one visit at a time: some 100 to 500 a second. With deliveries about a second apart 50 is cautious;
 * 5, 10 and 200 show what depends on it.
 */
const ASSUMED_LINES = 50;
const LINES = [5, 10, ASSUMED_LINES, 200];
/*
 * The arithmetic takes the link as it is after its first minute, on all its shards: with 64 of them three countings in a row would
 * still be met by another, which makes more, every few seconds even at 200 lines (500/s / 64 x 10 ms = 0.08; 0.08^3 x 500/s = 0.2/s).
 * In the first second all meet on one shard; DynamoDB then refuses what exceeds 1,000 units, and that comes again.
 */
/** A transaction holds its items for about so long; another that meets it is repeated on another shard, and both are billed. */
const HELD_SECONDS = 0.01;
/** List prices of us-east-1 in US dollars. */
const PRICE = { writeUnit: 0.625 / 1e6, tableGbMonth: 0.25, logIngestedGb: 0.5 };
const TOUCH_BYTES = 400;
const TOUCH_KEPT_MONTHS = 3;
const LOG_LINE_BYTES = 226;
const PROGRAM = 'one-shop';
const SLUG = 'spring-sale';
const HOUR = Date.parse('2026-01-15T12:00:00Z');
const DAY = '2026-01-15';
/** Few of them are filled here, so that each soon has what in truth all have: every value, with numbers of seven digits. */
const FILLED_SHARDS = 4;
const WARM_DELIVERIES = 24;
const MEASURED_CLICKS = 1_000;
const BIG = 1_234_567;

/** Write units of counting one busy link, as the engine counts them, and what they come to at 100,000 clicks a second. */
export async function run(): Promise<Figure[]> {
  const table = await aReferralsTable();
  try {
    const used = countUnits(table.documents);
    const rollups = makeClickRollups({
      ...table,
      pause: () => Promise.resolve(),
      random: Math.random,
      newToken: () => crypto.randomUUID().slice(0, 12),
    });
    const Item = { ...clickSpreadKey(PROGRAM, SLUG), shardCount: FILLED_SHARDS };
    await table.documents.send(new PutCommand({ TableName: table.tableName, Item }));
    for (let warm = 0; warm < WARM_DELIVERIES; warm += 1) await rollups.count(aDelivery(200));
    for (let shard = 0; shard < FILLED_SHARDS; shard += 1) await growAll(table, shard);
    const parts = await unitsOfParts(table);
    const figures: Figure[] = [];
    for (const lines of LINES) {
      used.reset();
      for (let clicks = 0; clicks < MEASURED_CLICKS; clicks += lines) await rollups.count(aDelivery(lines));
      figures.push(...figuresOf(lines, used, parts));
    }
    return figures;
  } finally {
    await table.stop();
  }
}

type Parts = { readonly hours: number; readonly values: number };

function figuresOf(lines: number, used: Used, parts: Parts): Figure[] {
  const each = (kind: keyof Used['units']): number => used.units[kind] / MEASURED_CLICKS;
  const aClick = each('claims') + each('visitors') + each('countings') + each('values');
  const countings = CLICKS_A_SECOND / lines;
  const onAShard = countings / MAX_SPREAD;
  const conflicts = 1 - Math.exp(-onAShard * HELD_SECONDS);
  const hottest = Math.max(parts.hours, parts.values);
  const hottestUnits = (onAShard * hottest) / (1 - conflicts);
  const of = `${lines} lines a delivery${lines === ASSUMED_LINES ? ' (assumed)' : ''}`;
  const dollars =
    aClick * 1e6 * PRICE.writeUnit +
    ((TOUCH_BYTES * 1e6) / 1e9) * PRICE.tableGbMonth * TOUCH_KEPT_MONTHS +
    ((LOG_LINE_BYTES * 1e6) / 1e9) * PRICE.logIngestedGb;
  const modelled = (name: string, value: number, unit: string, more: Partial<Figure> = {}): Figure => ({
    name: `${of}: ${name}`,
    value,
    unit: `${unit}, modelled`,
    ok: true,
    ...more,
  });
  return [
    {
      name: `${of}: a click (raw touch and claim ${each('claims').toFixed(2)}, visitor ${each('visitors').toFixed(2)}, counters ${each('countings').toFixed(2)})`,
      value: aClick,
      unit: 'write units',
      ok: true,
    },
    modelled(
      `hottest partition at ${CLICKS_A_SECOND} clicks/s on one link = ${countings} countings/s / ${MAX_SPREAD} shards x ${hottest} units / ${(1 - conflicts).toFixed(2)} not repeated`,
      hottestUnits,
      'write units/s',
      { budget: `at most ${HOTTEST_BUDGET}, of 1,000`, ok: hottestUnits <= HOTTEST_BUDGET },
    ),
    modelled(`countings that meet another on their shard (held ${HELD_SECONDS * 1_000} ms)`, conflicts * 100, '%'),
    modelled('the same counters without shards', countings * hottest, 'write units/s on one partition'),
    modelled(
      'the table in all (its default quota is 40,000 and is raised on request)',
      CLICKS_A_SECOND * aClick,
      'write units/s',
    ),
    modelled('a million clicks: writes, raw touches for 90 days, log lines', dollars, 'USD'),
  ];
}

/** Countries and sub-ids as they come: some often, most seldom, one sub-id with more values than are counted by name. */
function aDelivery(lines: number): ClickToCount[] {
  const often = (values: number): number => Math.floor(values * Math.random() ** 2);
  return Array.from({ length: lines }, () =>
    aClickToCount({
      programId: PROGRAM,
      slug: SLUG,
      clickId: crypto.randomUUID().slice(0, 14),
      at: HOUR + Math.floor(Math.random() * 3_600_000),
      visitor: crypto.randomUUID().slice(0, 11 - Math.floor(Math.random() * 8)),
      kind: Math.random() < 0.05 ? 'bot' : 'human',
      country: String.fromCharCode(65 + often(26), 65 + often(4)),
      subs: [`newsletter-${often(20)}`, `creator-${often(200)}`],
    }),
  );
}

type Table = Awaited<ReturnType<typeof aReferralsTable>>;

const itemsOf = (shard: number): readonly { readonly key: Key; readonly of: keyof Parts }[] => {
  const values = ['a', 'b', 'f'].flatMap((letter) => {
    const pk = clickValuesShardPartition(PROGRAM, SLUG, shard, letter);
    return [clickDayOrder(DAY), clickHourOrder(DAY, '1512')].map((sk) => ({ key: { pk, sk }, of: 'values' as const }));
  });
  const hours = { pk: clickShardPartition(PROGRAM, SLUG, shard), sk: clickDayOrder(DAY) };
  return [{ key: clickTotalKey(PROGRAM, SLUG, shard), of: 'hours' }, { key: hours, of: 'hours' }, ...values];
};

/** Every counter gets a number as long as those of a link that is always busy; a day's item gets all its hours. */
async function growAll({ documents, tableName }: Table, shard: number): Promise<void> {
  for (const { key } of itemsOf(shard)) {
    const isDay = key.pk === clickShardPartition(PROGRAM, SLUG, shard) && key.sk === clickDayOrder(DAY);
    const hours = Array.from({ length: 24 }, (_, hour) => `15${String(hour).padStart(2, '0')}`);
    const names = isDay
      ? hours.flatMap((hour) => ['c', 'v', 'b'].map((letter) => `h${hour}${letter}`))
      : key.sk === 'TOTAL'
        ? ['clicks', 'visitors', 'bots']
        : Array.from({ length: 51 }, (_, place) => ['c', 'v', 'b'].map((it) => `${key.pk.at(-1)}${place}${it}`)).flat();
    await documents.send(
      new UpdateCommand({
        TableName: tableName,
        Key: key,
        UpdateExpression: `ADD ${names.map((name) => `${name} :big`).join(', ')}`,
        ExpressionAttributeValues: { ':big': BIG },
      }),
    );
  }
}

/** What one counting costs a partition: the engine's answer to adding nothing to each of its items in a transaction. */
async function unitsOfParts({ documents, tableName }: Table): Promise<Parts> {
  const parts = new Map<string, { of: keyof Parts; units: number }>();
  for (const { key, of } of itemsOf(0)) {
    const { ConsumedCapacity } = await documents.send(
      new TransactWriteCommand({
        ReturnConsumedCapacity: 'TOTAL',
        TransactItems: [
          {
            Update: {
              TableName: tableName,
              Key: key,
              UpdateExpression: 'ADD clicks :nothing',
              ExpressionAttributeValues: { ':nothing': 0 },
            },
          },
        ],
      }),
    );
    const units = (ConsumedCapacity ?? []).reduce((sum, it) => sum + (it.CapacityUnits ?? 0), 0);
    const before = parts.get(key.pk) ?? { of, units: 0 };
    parts.set(key.pk, { of, units: before.units + units });
  }
  const most = (kind: keyof Parts): number =>
    Math.max(...[...parts.values()].filter(({ of }) => of === kind).map(({ units }) => units));
  return { hours: most('hours'), values: most('values') };
}

type Used = {
  readonly units: { claims: number; visitors: number; countings: number; values: number };
  readonly reset: () => void;
};

/** Asks every write for what it consumed and adds it up by what it was for; a claim that is refused costs one unit too. */
function countUnits(documents: DynamoDBDocumentClient): Used {
  const units = { claims: 0, visitors: 0, countings: 0, values: 0 };
  const send = documents.send.bind(documents) as (command: unknown) => Promise<unknown>;
  const kindOf = (command: PutCommand | UpdateCommand | TransactWriteCommand): keyof Used['units'] => {
    if (command instanceof TransactWriteCommand) return 'countings';
    if (command instanceof UpdateCommand) return 'values';
    return String(command.input.Item?.pk).includes('#VISITOR#') ? 'visitors' : 'claims';
  };
  documents.send = (async (command: unknown) => {
    const isWrite =
      command instanceof PutCommand || command instanceof UpdateCommand || command instanceof TransactWriteCommand;
    if (!isWrite) return send(command);
    command.input.ReturnConsumedCapacity = 'TOTAL';
    try {
      const answer = (await send(command)) as {
        ConsumedCapacity?: { CapacityUnits?: number } | { CapacityUnits?: number }[];
      };
      for (const capacity of [answer.ConsumedCapacity ?? []].flat())
        units[kindOf(command)] += capacity.CapacityUnits ?? 0;
      return answer;
    } catch (error) {
      units[kindOf(command)] += 1;
      throw error;
    }
  }) as typeof documents.send;
  return { units, reset: () => Object.assign(units, { claims: 0, visitors: 0, countings: 0, values: 0 }) };
}
