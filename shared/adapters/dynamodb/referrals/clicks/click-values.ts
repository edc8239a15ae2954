import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { ClaimDeps } from '#shared/adapters/dynamodb/referrals/clicks/click-claims';
import { DIMENSION_LETTERS, type PlacedClick } from '#shared/adapters/dynamodb/referrals/clicks/click-counters';
import { clickValuesKey } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { CLICK_DIMENSIONS, type ClickToCount, MAX_VALUES_A_DAY } from '#shared/application/tracking/clicks/click-ports';

/** The values of a link and day that are counted by name, by the dimension's letter; a value's place is one more than its index. */
export type ClickValues = Readonly<Record<string, readonly string[]>>;

/** The place of all other values. */
export const OTHER_PLACE = 0;

const REMEMBERED = 2_000;
/** Many deliveries may meet a new value in the same moment: they come one by one, and most then find it. */
const SPREAD_MS = 100;
const MAX_ATTEMPTS = 12;

const listSchema = z.array(z.string()).default([]);
const valuesSchema = z.object(
  Object.fromEntries(Object.values(DIMENSION_LETTERS).map((letter) => [letter, listSchema])),
);

/** What is stored of the values of a link and day. */
export const clickValuesOf = (item: unknown): ClickValues => valuesSchema.parse(item ?? {});

/**
 * Gives sub-ids and countries of a link's clicks their places among the day's values. A value is counted by name from its first
 * click of the day on or not at all, so that no named value has a part in the sum of the others.
 */
export function makeClickValues(deps: ClaimDeps): (clicks: readonly ClickToCount[]) => Promise<readonly PlacedClick[]> {
  const known = new Map<string, ClickValues>();

  const valuesFor = async (clicks: readonly ClickToCount[], first: ClickToCount): Promise<ClickValues> => {
    const key = clickValuesKey(first.programId, first.slug, first.day);
    const id = `${key.pk} ${key.sk}`;
    let values = known.get(id) ?? {};
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      if (missingOf(values, clicks).length === 0) return values;
      if (attempt > 0) await deps.pause(deps.random() * SPREAD_MS);
      const { Item } = await deps.documents.send(
        new GetCommand({ TableName: deps.tableName, Key: key, ConsistentRead: true }),
      );
      values = clickValuesOf(Item);
      const missing = missingOf(values, clicks);
      if (missing.length > 0) values = (await append(deps, key, values, missing)) ?? values;
      if (known.size >= REMEMBERED) known.clear();
      known.set(id, values);
    }
    throw new Error('the values of a link stayed contended; the delivery is repeated');
  };

  return async (clicks) => {
    const placed: PlacedClick[] = [];
    for (const ofDay of Map.groupBy(clicks, ({ day }) => day).values()) {
      const [first] = ofDay;
      if (!first) continue;
      const values = await valuesFor(ofDay, first);
      for (const click of ofDay) placed.push({ ...click, slots: slotsOf(values, click) });
    }
    return placed;
  };
}

type Named = { readonly letter: string; readonly value: string };

function namedOf(click: ClickToCount): readonly Named[] {
  return CLICK_DIMENSIONS.flatMap((dimension, index) => {
    const value = dimension === 'country' ? click.country : click.subs[index];
    return value ? [{ letter: DIMENSION_LETTERS[dimension], value }] : [];
  });
}

function slotsOf(values: ClickValues, click: ClickToCount): readonly string[] {
  return namedOf(click).map(({ letter, value }) => {
    const index = values[letter]?.indexOf(value) ?? -1;
    return `${letter}${index < 0 ? OTHER_PLACE : index + 1}`;
  });
}

/** Values without a place while there are places, in the order of their clicks. */
function missingOf(values: ClickValues, clicks: readonly ClickToCount[]): readonly (readonly [string, string[]])[] {
  const missing = new Map<string, Set<string>>();
  for (const { letter, value } of clicks.flatMap(namedOf)) {
    const stored = values[letter] ?? [];
    const added = missing.get(letter) ?? new Set<string>();
    if (stored.length + added.size >= MAX_VALUES_A_DAY || stored.includes(value)) continue;
    missing.set(letter, added.add(value));
  }
  return [...missing].map(([letter, added]) => [letter, [...added]] as const);
}

/** Answers the values afterwards, or as they are when another delivery was first. */
async function append(
  deps: ClaimDeps,
  Key: ReturnType<typeof clickValuesKey>,
  values: ClickValues,
  missing: readonly (readonly [string, string[]])[],
): Promise<ClickValues | undefined> {
  const letters = missing.map(([letter]) => letter);
  try {
    const { Attributes } = await deps.documents.send(
      new UpdateCommand({
        TableName: deps.tableName,
        Key,
        UpdateExpression: `SET ${letters.map((it) => `#${it} = list_append(if_not_exists(#${it}, :none), :${it})`).join(', ')}`,
        ConditionExpression: letters
          .map((it) => ((values[it]?.length ?? 0) === 0 ? `attribute_not_exists(#${it})` : `size(#${it}) = :${it}size`))
          .join(' AND '),
        ExpressionAttributeNames: Object.fromEntries(letters.map((it) => [`#${it}`, it])),
        ExpressionAttributeValues: {
          ':none': [],
          ...Object.fromEntries(missing.map(([letter, added]) => [`:${letter}`, added])),
          ...Object.fromEntries(
            letters.flatMap((it) => ((values[it]?.length ?? 0) === 0 ? [] : [[`:${it}size`, values[it]?.length]])),
          ),
        },
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return clickValuesOf(Attributes);
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return error.Item && clickValuesOf(unmarshall(error.Item));
  }
}
