import { batchGet, type ReadDeps } from '#shared/adapters/dynamodb/batch-get';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import { COUNTERS, DIMENSION_LETTERS } from '#shared/adapters/dynamodb/referrals/clicks/click-counters';
import { readSpread } from '#shared/adapters/dynamodb/referrals/clicks/click-spread';
import { plus, readClickTotals } from '#shared/adapters/dynamodb/referrals/clicks/click-totals';
import { type ClickValues, clickValuesOf } from '#shared/adapters/dynamodb/referrals/clicks/click-values';
import {
  clickDayOrder,
  clickHourOrder,
  clickShardPartition,
  clickValuesKey,
  clickValuesShardPartition,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { Failure } from '#shared/application/failure';
import { forEachConcurrently } from '#shared/application/payouts/concurrency';
import type { ClickPoint, ClickReads, ClickSeriesQuery } from '#shared/application/tracking/clicks/click-ports';
import { compareText } from '#shared/domain/time/instant';

const SHARDS_AT_ONCE = 32;
/** Some seconds of reading. A link with one shard never has as many. */
const MAX_ITEMS = 25_000;
const HOURS_A_DAY = 25;
const DAY_MS = 86_400_000;
const NOTHING = { clicks: 0, bots: 0, prefetches: 0, visitors: 0 };

/** Counts of clicks, from all shards. */
export function makeClickReads(deps: ReadDeps): ClickReads {
  return {
    totals: (programId, slugs) => readClickTotals(deps, programId, slugs),
    series: (query) => readClickSeries(deps, query),
  };
}

/**
 * Points of a series: every shard's items of the days asked for, added up.
 * @throws Failure invalid_request for more days than can be read of a busy link
 */
async function readClickSeries(deps: ReadDeps, query: ClickSeriesQuery): Promise<readonly ClickPoint[]> {
  const points = new Map<string, ClickPoint>();
  const add = (
    { at, value, isOther }: Pick<ClickPoint, 'at' | 'value' | 'isOther'>,
    letter: string,
    count: number,
  ): void => {
    const counter = COUNTERS[letter];
    if (!counter) return;
    const id = JSON.stringify([at, isOther ? null : value]);
    const before = points.get(id) ?? {
      at,
      ...(isOther ? { isOther } : value === undefined ? {} : { value }),
      ...NOTHING,
    };
    points.set(id, { ...before, ...plus(before, { ...NOTHING, [counter]: count }) });
  };
  const valuesOf = query.by === 'none' ? new Map<string, ClickValues>() : await readValues(deps, query);
  const readItem = query.by === 'none' ? readHours : readCounted;
  const spread = await readSpread(deps, query.programId, query.slug);
  requireBounded(query, spread);
  const shards = Array.from({ length: spread }, (_, shard) => shard);
  await forEachConcurrently(shards, SHARDS_AT_ONCE, async (shard) => {
    for await (const item of queryAll(deps.documents, rangeOf(deps.tableName, query, shard))) {
      readItem(item, query, valuesOf, add);
    }
  });
  return [...points.values()].sort(
    (a, b) =>
      compareText(a.at, b.at) ||
      Number(a.isOther ?? false) - Number(b.isOther ?? false) ||
      compareText(a.value ?? '', b.value ?? ''),
  );
}

type Add = (point: Pick<ClickPoint, 'at' | 'value' | 'isOther'>, letter: string, count: number) => void;
type ReadItem = (
  item: Record<string, unknown>,
  query: ClickSeriesQuery,
  valuesOf: ReadonlyMap<string, ClickValues>,
  add: Add,
) => void;

function rangeOf(TableName: string, { programId, slug, from, to, granularity, by }: ClickSeriesQuery, shard: number) {
  const isByHour = granularity === 'hour' && by !== 'none';
  return {
    TableName,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: {
      ':pk':
        by === 'none'
          ? clickShardPartition(programId, slug, shard)
          : clickValuesShardPartition(programId, slug, shard, DIMENSION_LETTERS[by]),
      ':from': isByHour ? clickHourOrder(from) : clickDayOrder(from),
      ':to': isByHour ? `${clickHourOrder(to)}~` : clickDayOrder(to),
    },
  };
}

/** A day's item: `h3123c` are the clicks of the hour from 23:00 UTC on the 31st. */
const readHours: ReadItem = (item, { granularity }, _values, add) => {
  const day = String(item.sk).slice(clickDayOrder('').length);
  for (const [name, count] of Object.entries(item)) {
    const [, hour, letter] = /^h(\d{4})([cbpv])$/.exec(name) ?? [];
    if (hour && letter) add({ at: granularity === 'day' ? day : instantOf(day, hour) }, letter, Number(count));
  }
};

/** A day's or an hour's item by value: `f12c` are the clicks of the dimension's 12th value. */
const readCounted: ReadItem = (item, { granularity, by }, valuesOf, add) => {
  if (by === 'none') return;
  const [, day = '', hour = ''] = String(item.sk).split('#');
  const at = granularity === 'day' ? day : instantOf(day, hour);
  for (const [name, count] of Object.entries(item)) {
    const [, dimension, place, letter] = /^([a-f])(\d+)([cbpv])$/.exec(name) ?? [];
    if (dimension !== DIMENSION_LETTERS[by] || !letter) continue;
    const value = valuesOf.get(day)?.[dimension]?.[Number(place) - 1];
    add(value === undefined ? { at, isOther: true } : { at, value }, letter, Number(count));
  }
};

/** The hour of a day that is written as day of the month and hour in UTC: no zone is a day away. */
function instantOf(day: string, hour: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const dates = [-DAY_MS, 0, DAY_MS].map((away) => new Date(midnight + away).toISOString().slice(0, 10));
  const date = dates.find((it) => it.endsWith(`-${hour.slice(0, 2)}`));
  if (!date) throw new Error(`an hour ${hour} that is not of the day ${day}`);
  return `${date}T${hour.slice(2)}:00:00.000Z`;
}

/** @throws Failure invalid_request for more days than can be read of a link that has many shards */
function requireBounded({ from, to, granularity, by }: ClickSeriesQuery, spread: number): void {
  const itemsADay = spread * (granularity === 'hour' && by !== 'none' ? HOURS_A_DAY : 1);
  const days = (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS + 1;
  const limit = Math.max(1, Math.floor(MAX_ITEMS / itemsADay));
  if (days <= limit) return;
  throw new Failure(
    'invalid_request',
    'Ask for fewer days at a time: this link was so busy that each day is many counts.',
    {
      errors: [
        { pointer: 'query:from', rule: `must be at most ${limit} days before \`to\`, both counted, for this link` },
      ],
    },
  );
}

async function readValues(
  deps: ReadDeps,
  { programId, slug, from, to }: ClickSeriesQuery,
): Promise<ReadonlyMap<string, ClickValues>> {
  const days: string[] = [];
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${to}T00:00:00Z`); at += DAY_MS) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  const values = new Map<string, ClickValues>();
  const keys = days.map((day) => clickValuesKey(programId, slug, day));
  await batchGet(deps, keys, (item) => {
    values.set(String(item.sk).slice(clickDayOrder('').length), clickValuesOf(item));
  });
  return values;
}
