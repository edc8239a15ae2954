import { setTimeout as pause } from 'node:timers/promises';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '#shared/adapters/dynamodb/batch-get';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { isOfVersion } from '#shared/adapters/dynamodb/item-version';
import {
  entryOfItem,
  itemOfEntry,
  itemOfReport,
  reportOfItem,
  resultsOfItem,
} from '#shared/adapters/dynamodb/money/bank-reports/bank-report-items';
import {
  BY_PERIOD_INDEX,
  bankEntriesContractPk,
  bankEntryKey,
  bankReportKey,
  bankReportResultsKey,
  bankReportsPeriodPk,
  CONTRACT_INDEX,
  type Key,
  RESULTS_SK_PREFIX,
} from '#shared/adapters/dynamodb/money/money-keys';
import { writeTogether } from '#shared/adapters/dynamodb/money/money-transaction';
import type { BankEntries, BankReports, StoredEntry } from '#shared/application/payouts/bank-reports/bank-report-ports';
import type { WriteOutcome } from '#shared/application/payouts/ledger/ledger-ports';

type Table = { readonly documents: DynamoDBDocumentClient; readonly tableName: string };

const IS_NEW = { ConditionExpression: 'attribute_not_exists(pk)' };
/** What a position in either list looks like: a time, and what it is the time of. */
const POSITION = /^\d{4}-\d{2}-\d{2}T[\d:.]{12}Z#([0-9a-f]{32,64})$/;
const isPosition = (position: string): boolean => POSITION.test(position);
const idOf = (position: string): string => POSITION.exec(position)?.[1] ?? '';

/** What banks reported, in the Money table. The files themselves are in the documents bucket. */
export function makeBankReports(table: Table): BankReports {
  const { documents, tableName: TableName } = table;
  return {
    create: (report) => put(table, itemOfReport(report), IS_NEW),
    get: async (programId, reportId) => {
      const item = await get(table, bankReportKey(programId, reportId));
      return item && reportOfItem(item);
    },
    list: async (programId, { cursor, limit }) => {
      const after = cursor === undefined ? undefined : fromCursor(cursor, isPosition);
      const periodPk = bankReportsPeriodPk(programId);
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName,
          IndexName: BY_PERIOD_INDEX,
          KeyConditionExpression: 'periodPk = :pk',
          ExpressionAttributeValues: { ':pk': periodPk },
          ExclusiveStartKey:
            after === undefined ? undefined : { ...bankReportKey(programId, idOf(after)), periodPk, periodSk: after },
          ScanIndexForward: false,
          Limit: limit,
        }),
      );
      const last = LastEvaluatedKey && { nextCursor: toCursor(String(LastEvaluatedKey.periodSk)) };
      return { items: Items.map(reportOfItem), ...last };
    },
    advance: (report, page) => {
      const { programId, reportId } = report;
      return writeTogether(documents, [
        {
          Put: {
            TableName,
            Item: itemOfReport(report),
            ConditionExpression: '#processed = :from AND #status = :processing',
            ExpressionAttributeNames: { '#processed': 'processed', '#status': 'status' },
            ExpressionAttributeValues: { ':from': page.from, ':processing': 'processing' },
          },
        },
        {
          Put: {
            TableName,
            Item: { ...bankReportResultsKey(programId, reportId, page.from), type: 'bank_report_results', ...page },
          },
        },
      ]);
    },
    interrupt: (report, at) =>
      put(table, itemOfReport({ ...report, interruptedAt: at }), {
        ConditionExpression: '#processed = :processed AND #status = :processing',
        ExpressionAttributeNames: { '#processed': 'processed', '#status': 'status' },
        ExpressionAttributeValues: { ':processed': report.processed, ':processing': 'processing' },
      }),
    resultsAt: async (programId, reportId, ordinal) => {
      const { pk, sk } = bankReportResultsKey(programId, reportId, ordinal);
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
          ExpressionAttributeValues: { ':pk': pk, ':first': RESULTS_SK_PREFIX, ':last': sk },
          ScanIndexForward: false,
          Limit: 1,
          ConsistentRead: true,
        }),
      );
      return Items[0] && resultsOfItem(Items[0]);
    },
  };
}

/** Entries of banks' messages, each once over all messages. */
export function makeBankEntries(table: Table): BankEntries {
  const { documents, tableName: TableName } = table;
  return {
    create: (entry) => put(table, itemOfEntry(entry), IS_NEW),
    get: async (programId, entryId) => {
      const item = await get(table, bankEntryKey(programId, entryId));
      return item && entryOfItem(item);
    },
    getMany: async (programId, entryIds) => {
      const keys = entryIds.map((entryId) => bankEntryKey(programId, entryId));
      const entries: StoredEntry[] = [];
      const reader = { ...table, pause: (ms: number) => pause(ms), random: Math.random };
      await batchGet(reader, keys, (item) => entries.push(entryOfItem(item)), true);
      return entries;
    },
    replace: (entry) => put(table, itemOfEntry(entry), isOfVersion(entry.version - 1)),
    list: async (programId, status, { cursor, limit }) => {
      const after = cursor === undefined ? undefined : fromCursor(cursor, isPosition);
      const contractPk = bankEntriesContractPk(programId, status);
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName,
          IndexName: CONTRACT_INDEX,
          KeyConditionExpression: 'contractPk = :pk',
          ExpressionAttributeValues: { ':pk': contractPk },
          ExclusiveStartKey:
            after === undefined
              ? undefined
              : { ...bankEntryKey(programId, idOf(after)), contractPk, contractSk: after },
          Limit: limit,
        }),
      );
      const last = LastEvaluatedKey && { nextCursor: toCursor(String(LastEvaluatedKey.contractSk)) };
      return { items: Items.map(entryOfItem), ...last };
    },
  };
}

async function get({ documents, tableName }: Table, Key: Key): Promise<Record<string, unknown> | undefined> {
  const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
  return Item;
}

async function put(
  { documents, tableName }: Table,
  Item: Record<string, unknown>,
  condition: ReturnType<typeof isOfVersion>,
): Promise<WriteOutcome> {
  try {
    await documents.send(new PutCommand({ TableName: tableName, Item, ...condition }));
    return 'applied';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'refused';
    throw error;
  }
}
