import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { dashboardOfItem, pack, rowsOfItem } from '#shared/adapters/dynamodb/partners/overview/overview-items';
import {
  dashboardKey,
  overviewRefreshKey,
  overviewRowsHeadKey,
  overviewRowsKey,
  overviewRowsPk,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { Overviews, PartnerRow } from '#shared/application/partners/overview/overview';
import { type Instant, toEpochMs } from '#shared/domain/time/instant';

/** Packed, some 60 bytes a row; an item holds 400 kB. */
const ROWS_AN_ITEM = 1_000;
/** They hold names: what nobody looks at is forgotten. */
const ROWS_KEPT_DAYS = 14;
const DASHBOARD_KEPT_DAYS = 400;
const SECONDS_A_DAY = 86_400;
/** Rows that were read are kept for the next pages of the same list. */
const MAX_REMEMBERED = 4;

const headSchema = z.object({ asOf: instantField, tookMs: z.number(), parts: z.int() });

/** Overviews in the Partners table, packed: one item a month, and some hundred partners an item. */
export function makeOverviews({
  documents,
  tableName: TableName,
}: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): Overviews {
  const remembered = new Map<string, readonly PartnerRow[]>();
  const get = async (Key: Record<string, string>): Promise<Record<string, unknown> | undefined> =>
    (await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;
  const put = (Item: Record<string, unknown>): Promise<unknown> => documents.send(new PutCommand({ TableName, Item }));

  return {
    async dashboard(programId, period) {
      const item = await get(dashboardKey(programId, period));
      return item && dashboardOfItem(item);
    },
    async rowsHead(programId) {
      return headSchema.safeParse(await get(overviewRowsHeadKey(programId))).data;
    },
    async rows(programId, asOf) {
      const key = overviewRowsPk(programId, asOf);
      const known = remembered.get(key);
      if (known) return known;
      const rows: PartnerRow[] = [];
      let parts = 0;
      const items = queryAll(documents, {
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': key },
        ConsistentRead: true,
      });
      for await (const item of items) {
        const some = rowsOfItem(item);
        if (!some) return undefined;
        rows.push(...some);
        parts += 1;
      }
      if (parts === 0) return undefined;
      if (remembered.size >= MAX_REMEMBERED) remembered.clear();
      remembered.set(key, rows);
      return rows;
    },
    async saveDashboard(dashboard) {
      const { programId, period, asOf } = dashboard;
      const expiresAt = lapse(asOf, DASHBOARD_KEPT_DAYS);
      await put({ ...dashboardKey(programId, period), asOf, expiresAt, content: pack(dashboard) });
    },
    async saveRows(programId, { asOf, tookMs }, rows) {
      const expiresAt = lapse(asOf, ROWS_KEPT_DAYS);
      // A programme without partners has one item too: that there are none.
      const parts = Math.max(1, Math.ceil(rows.length / ROWS_AN_ITEM));
      for (let part = 0; part < parts; part += 1) {
        const some = rows.slice(part * ROWS_AN_ITEM, (part + 1) * ROWS_AN_ITEM);
        await put({ ...overviewRowsKey(programId, asOf, part), expiresAt, content: pack(some) });
      }
      await put({ ...overviewRowsHeadKey(programId), asOf, tookMs, parts, expiresAt });
    },
    request({ programId, period, requestId, at }, until) {
      return ifConditionHolds(
        documents.send(
          new UpdateCommand({
            TableName,
            Key: overviewRefreshKey(programId, period),
            UpdateExpression:
              'SET programId = :program, #period = :period, requestId = :id, requestedAt = :at, leaseUntil = :until, #state = :requested, expiresAt = :lapse',
            ConditionExpression: 'attribute_not_exists(leaseUntil) OR leaseUntil < :at',
            ExpressionAttributeNames: { '#period': 'period', '#state': 'state' },
            ExpressionAttributeValues: {
              ':program': programId,
              ':period': period,
              ':id': requestId,
              ':at': at,
              ':until': until,
              ':requested': 'requested',
              ':lapse': lapse(at, ROWS_KEPT_DAYS),
            },
          }),
        ),
      );
    },
    begin({ programId, period, requestId }, until) {
      return ifConditionHolds(
        documents.send(
          new UpdateCommand({
            TableName,
            Key: overviewRefreshKey(programId, period),
            UpdateExpression: 'SET #state = :running, leaseUntil = :until',
            ConditionExpression: 'requestId = :id AND #state <> :done',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: { ':id': requestId, ':running': 'running', ':until': until, ':done': 'done' },
          }),
        ),
      );
    },
    async end({ programId, period, requestId }, outcome) {
      await ifConditionHolds(
        documents.send(
          new UpdateCommand({
            TableName,
            Key: overviewRefreshKey(programId, period),
            UpdateExpression: 'SET #state = :outcome REMOVE leaseUntil',
            ConditionExpression: 'requestId = :id',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: { ':id': requestId, ':outcome': outcome },
          }),
        ),
      );
    },
  };
}

/** When an item may go, in seconds since 1970. */
export function lapse(at: Instant, days: number): number {
  return Math.floor(toEpochMs(at) / 1_000) + days * SECONDS_A_DAY;
}
