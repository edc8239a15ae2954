import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { cancellationCodes } from '#shared/adapters/dynamodb/cancellation';
import {
  clickDayKey,
  clickHourKey,
  clickKey,
  clickTotalKey,
  type Key,
  visitorKey,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import type { ClickLine, ClickRollups, ClickTotals } from '#shared/application/tracking/ports';
import { toInstant } from '#shared/domain/time/instant';

/** CloudWatch Logs delivers again for a day at most; the mark of a counted click outlasts that well. */
const CLICK_KEPT_MS = 7 * 86_400_000;
const VISITOR_KEPT_MS = 3 * 86_400_000;
/** A transaction takes 100 items: a click's mark, and the total, day and hour of its link. */
const CLICKS_A_TRANSACTION = 25;
const MAX_ATTEMPTS = 12;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 640;
const KEYS_A_BATCH = 100;
const VISITORS_AT_ONCE = 8;

type Writes = NonNullable<TransactWriteCommandInput['TransactItems']>;
type Deps = {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly pause: (ms: number) => Promise<unknown>;
  readonly random: () => number;
};

const totalsSchema = z.object({
  clicks: z.number().default(0),
  bots: z.number().default(0),
  prefetches: z.number().default(0),
  visitors: z.number().default(0),
});

const COUNTER = { human: 'clicks', bot: 'bots', prefetch: 'prefetches' } as const;

/** Roll-ups of clicks: the mark of a click and its counts commit together, so that a redelivery counts nothing twice. */
export function makeClickRollups(deps: Deps): ClickRollups {
  return {
    count: async (clicks) => {
      const byId = [...new Map(clicks.map((click) => [`${click.programId} ${click.clickId}`, click])).values()];
      let counted = 0;
      for (let start = 0; start < byId.length; start += CLICKS_A_TRANSACTION) {
        counted += await countTogether(deps, byId.slice(start, start + CLICKS_A_TRANSACTION));
      }
      await countVisitors(deps, byId);
      return counted;
    },
    totals: async (programId, slugs) => {
      const slugOf = new Map(slugs.map((slug) => [clickTotalKey(programId, slug).pk, slug]));
      const keys = slugs.map((slug) => clickTotalKey(programId, slug));
      const totals = new Map<string, ClickTotals>();
      for (let start = 0; start < keys.length; start += KEYS_A_BATCH) {
        for (const item of await batchGet(deps, keys.slice(start, start + KEYS_A_BATCH))) {
          const slug = slugOf.get(String(item.pk));
          if (slug !== undefined) totals.set(slug, totalsSchema.parse(item));
        }
      }
      return totals;
    },
  };
}

async function countTogether(deps: Deps, clicks: readonly ClickLine[]): Promise<number> {
  let open = clicks;
  for (let attempt = 0; open.length > 0; attempt += 1) {
    const codes = await write(deps, [...marks(deps.tableName, open), ...additions(deps.tableName, open)]);
    if (!codes) return open.length;
    const isNew = (index: number): boolean => codes[index] !== 'ConditionalCheckFailed';
    open = open.filter((_click, index) => isNew(index));
    if (attempt >= MAX_ATTEMPTS) throw new Error('click counters stayed contended; the delivery is repeated');
    await pauseBefore(deps, attempt);
  }
  return 0;
}

function marks(TableName: string, clicks: readonly ClickLine[]): Writes {
  return clicks.map(({ programId, clickId, at }) => ({
    Put: {
      TableName,
      Item: { ...clickKey(programId, clickId), expiresAt: Math.ceil((at + CLICK_KEPT_MS) / 1_000) },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  }));
}

function additions(TableName: string, clicks: readonly ClickLine[]): Writes {
  const sums = new Map<string, { readonly key: Key; readonly counts: Map<string, number> }>();
  for (const { programId, slug, at, kind } of clicks) {
    const instant = toInstant(at);
    const keys = [
      clickTotalKey(programId, slug),
      clickDayKey(programId, slug, instant.slice(0, 10)),
      clickHourKey(programId, slug, instant.slice(0, 13)),
    ];
    for (const key of keys) {
      const name = `${key.pk} ${key.sk}`;
      const sum = sums.get(name) ?? { key, counts: new Map<string, number>() };
      sums.set(name, sum);
      sum.counts.set(COUNTER[kind], (sum.counts.get(COUNTER[kind]) ?? 0) + 1);
    }
  }
  return [...sums.values()].map(({ key, counts }) => ({ Update: addition(TableName, key, counts) }));
}

function addition(
  TableName: string,
  Key: Key,
  counts: ReadonlyMap<string, number>,
): NonNullable<Writes[number]['Update']> {
  const names = [...counts.keys()];
  return {
    TableName,
    Key,
    UpdateExpression: `ADD ${names.map((name) => `${name} :${name}`).join(', ')}`,
    ExpressionAttributeValues: Object.fromEntries([...counts].map(([name, count]) => [`:${name}`, count])),
  };
}

/** By themselves safe to repeat, so also for clicks that were counted in a delivery that then broke off. */
async function countVisitors(deps: Deps, clicks: readonly ClickLine[]): Promise<void> {
  const visits = new Map<string, { readonly click: ClickLine; readonly day: string }>();
  for (const click of clicks) {
    const day = toInstant(click.at).slice(0, 10);
    if (click.kind === 'human' && click.visitor !== '-')
      visits.set(`${click.slug} ${day} ${click.visitor}`, { click, day });
  }
  const open = [...visits.values()];
  for (let start = 0; start < open.length; start += VISITORS_AT_ONCE) {
    await Promise.all(open.slice(start, start + VISITORS_AT_ONCE).map((visit) => countVisitor(deps, visit)));
  }
}

async function countVisitor(
  deps: Deps,
  { click, day }: { readonly click: ClickLine; readonly day: string },
): Promise<void> {
  const { programId, slug, visitor, at } = click;
  const TableName = deps.tableName;
  const one = new Map([['visitors', 1]]);
  for (let attempt = 0; ; attempt += 1) {
    const codes = await write(deps, [
      {
        Put: {
          TableName,
          Item: { ...visitorKey(programId, slug, day, visitor), expiresAt: Math.ceil((at + VISITOR_KEPT_MS) / 1_000) },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      { Update: addition(TableName, clickDayKey(programId, slug, day), one) },
      { Update: addition(TableName, clickTotalKey(programId, slug), one) },
    ]);
    if (!codes || codes[0] === 'ConditionalCheckFailed') return;
    if (attempt >= MAX_ATTEMPTS) throw new Error('visitor counters stayed contended; the delivery is repeated');
    await pauseBefore(deps, attempt);
  }
}

async function write({ documents }: Deps, TransactItems: Writes): Promise<readonly string[] | undefined> {
  try {
    await documents.send(new TransactWriteCommand({ TransactItems }));
    return undefined;
  } catch (error) {
    const codes = cancellationCodes(error);
    if (!codes) throw error;
    return codes;
  }
}

function pauseBefore({ pause, random }: Deps, attempt: number): Promise<unknown> {
  return pause(random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt));
}

async function batchGet(deps: Deps, keys: readonly Key[]): Promise<readonly Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let open: Record<string, unknown>[] = [...keys];
  for (let attempt = 0; open.length > 0; attempt += 1) {
    if (attempt >= MAX_ATTEMPTS) throw new Error('the table left keys of a batch unread');
    if (attempt > 0) await pauseBefore(deps, attempt);
    const answer = await deps.documents.send(
      new BatchGetCommand({ RequestItems: { [deps.tableName]: { Keys: open } } }),
    );
    items.push(...(answer.Responses?.[deps.tableName] ?? []));
    open = answer.UnprocessedKeys?.[deps.tableName]?.Keys ?? [];
  }
  return items;
}
