import {
  clickDayOrder,
  clickHourOrder,
  clickShardPartition,
  clickSpreadKey,
  clickTotalKey,
  clickValuesShardPartition,
  type Key,
  partnerInPlaceOfSlug,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import type { ClickDimension, ClickToCount } from '#shared/application/tracking/clicks/click-ports';
import type { ClickTotals } from '#shared/application/tracking/ports';
import { toInstant } from '#shared/domain/time/instant';

/** An hour by sub-id and country lapses after these days; hours and days of the link, and days by value, stay. */
const HOURS_BY_VALUE_KEPT_DAYS = 100;
const DAY_MS = 86_400_000;

/**
 * A transaction has at most 100 items (DynamoDB's limit): the end of the counting and the total, for a day its hours, six
 * dimensions and the partner's day, for an hour six more. So many hours stay within, were each of a day of its own.
 */
const MAX_HOURS = 7;
/** What is claimed before it is counted: a counting must not take a minute. */
const MAX_CLICKS = 500;

/** How a counter of a value is called, `f12c`: 51 values with four counters are hardly more than one write unit. */
export const DIMENSION_LETTERS: Readonly<Record<ClickDimension, string>> = {
  sub1: 'a',
  sub2: 'b',
  sub3: 'c',
  sub4: 'd',
  sub5: 'e',
  country: 'f',
};

/** A click and the places of its sub-ids and country among the day's values, as `f12`; `f0` is the sum of the others. */
export type PlacedClick = ClickToCount & { readonly slots: readonly string[] };

const LETTERS = { human: 'c', bot: 'b', prefetch: 'p' } as const;
export const COUNTERS: Readonly<Record<string, keyof ClickTotals>> = {
  c: 'clicks',
  b: 'bots',
  p: 'prefetches',
  v: 'visitors',
};

/** What a counting adds to one item. */
export type Addition = {
  readonly key: Key;
  readonly counts: Map<string, number>;
  readonly expiresAt?: number | undefined;
};

/** Day and hour in UTC, which no two hours of one day of a programme have in common. */
export const hourOf = (at: number): string => {
  const instant = toInstant(at);
  return `${instant.slice(8, 10)}${instant.slice(11, 13)}`;
};

/** Which of its shards a counting adds to: of the link, and of the partner who shared it. */
export type CountingShards = { readonly link: number; readonly partner: number };

/**
 * All that a counting of clicks of one link adds, `newcomers` being the clicks that brought a visitor of their day. What is
 * added for the partner comes last.
 */
export function additionsOf(
  clicks: readonly PlacedClick[],
  newcomers: ReadonlySet<string>,
  { link: shard, partner: partnerShard }: CountingShards,
): readonly Addition[] {
  const ofPartner = new Map<string, Addition>();
  const additions = new Map<string, Addition>();
  const add = (key: Key, name: string, expiresAt?: number, among = additions): void => {
    const id = `${key.pk} ${key.sk}`;
    const addition = among.get(id) ?? { key, counts: new Map<string, number>(), expiresAt };
    among.set(id, addition);
    addition.counts.set(name, (addition.counts.get(name) ?? 0) + 1);
  };
  for (const { programId, slug, partnerId, day, at, kind, slots, clickId } of clicks) {
    const hour = hourOf(at);
    const hours = { pk: clickShardPartition(programId, slug, shard), sk: clickDayOrder(day) };
    for (const letter of [LETTERS[kind], ...(newcomers.has(clickId) ? ['v'] : [])]) {
      add(clickTotalKey(programId, slug, shard), COUNTERS[letter] ?? letter);
      add(hours, `h${hour}${letter}`);
      if (partnerId !== undefined) {
        const pk = clickShardPartition(programId, partnerInPlaceOfSlug(partnerId), partnerShard);
        add({ pk, sk: clickDayOrder(day) }, `h${hour}${letter}`, undefined, ofPartner);
      }
      for (const slot of slots) {
        const pk = clickValuesShardPartition(programId, slug, shard, slot.slice(0, 1));
        add({ pk, sk: clickDayOrder(day) }, `${slot}${letter}`);
        add({ pk, sk: clickHourOrder(day, hour) }, `${slot}${letter}`, lapseOfHours(day));
      }
    }
  }
  return [...additions.values(), ...ofPartner.values()];
}

/** Whether an addition is to a partner's day, and not to a link's counters. */
export function isOfPartner(
  addition: Addition,
  { programId, partnerId }: Pick<PlacedClick, 'programId' | 'partnerId'>,
): boolean {
  return (
    partnerId !== undefined &&
    addition.key.pk.startsWith(`${clickSpreadKey(programId, partnerInPlaceOfSlug(partnerId)).pk}#`)
  );
}

/** Clicks of one link in parts that one transaction can count. */
export function partsOf(clicks: readonly PlacedClick[]): readonly (readonly PlacedClick[])[] {
  const parts: PlacedClick[][] = [];
  let part: PlacedClick[] = [];
  let hours = new Set<string>();
  for (const click of [...clicks].sort((a, b) => a.at - b.at)) {
    hours.add(`${click.day} ${hourOf(click.at)}`);
    if (part.length === MAX_CLICKS || hours.size > MAX_HOURS) {
      parts.push(part);
      part = [];
      hours = new Set([`${click.day} ${hourOf(click.at)}`]);
    }
    part.push(click);
  }
  return part.length > 0 ? [...parts, part] : parts;
}

/** The update of one item. None of the names is a word that DynamoDB reserves: they have digits, or are the totals'. */
export function updateOf(
  TableName: string,
  { key, counts, expiresAt }: Addition,
): {
  TableName: string;
  Key: Key;
  UpdateExpression: string;
  ExpressionAttributeValues: Record<string, number>;
} {
  const added = [...counts].map(([name, count], index) => ({ name, count, value: `:${index.toString(36)}` }));
  const lapse = expiresAt === undefined ? '' : 'SET expiresAt = :lapse ';
  return {
    TableName,
    Key: key,
    UpdateExpression: `${lapse}ADD ${added.map(({ name, value }) => `${name} ${value}`).join(', ')}`,
    ExpressionAttributeValues: {
      ...Object.fromEntries(added.map(({ value, count }) => [value, count])),
      ...(expiresAt === undefined ? {} : { ':lapse': expiresAt }),
    },
  };
}

function lapseOfHours(day: string): number {
  return (Date.parse(`${day}T00:00:00Z`) + HOURS_BY_VALUE_KEPT_DAYS * DAY_MS) / 1_000;
}
