import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { expiresAfter } from '#shared/adapters/dynamodb/expires-at';
import { applicationOfItem, applicationPuts } from '#shared/adapters/dynamodb/partners/applications/application-items';
import { conditionalPut } from '#shared/adapters/dynamodb/partners/conditional-put';
import {
  applicationKey,
  applicationsContractPk,
  applicationsOfDayKey,
  CONTRACT_INDEX,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import { transact, type Writes } from '#shared/adapters/dynamodb/transact';
import type { ApplicationStore } from '#shared/application/partners/applications/ports';
import { toInstant } from '#shared/domain/time/instant';

/** Counts of a day are of no use the day after; a day more for clocks and late requests. */
const COUNT_KEPT_DAYS = 2;
const FAILED = 'ConditionalCheckFailed';

/** Applications in the Partners table, each write conditional on the version that was read. */
export function makeApplicationStore(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): ApplicationStore {
  const { documents, tableName: TableName } = table;
  const oneMore = (programId: string, day: string, max: number, source?: string): Writes[number] => ({
    Update: {
      TableName,
      Key: applicationsOfDayKey(programId, day, source),
      UpdateExpression: 'SET expiresAt = :lapse ADD received :one',
      ConditionExpression: 'attribute_not_exists(received) OR received < :max',
      ExpressionAttributeValues: {
        ':one': 1,
        ':max': max,
        ':lapse': expiresAfter(toInstant(Date.parse(`${day}T00:00:00Z`)), COUNT_KEPT_DAYS),
      },
    },
  });
  const ofStatus = (programId: string, status: string) => ({
    TableName,
    IndexName: CONTRACT_INDEX,
    KeyConditionExpression: 'contractPk = :pk',
    ExpressionAttributeValues: { ':pk': applicationsContractPk(programId, status) },
  });

  return {
    async find(programId, applicationId) {
      const Key = applicationKey(programId, applicationId);
      const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && applicationOfItem(Item);
    },
    async receive(application, { day, aDay, source }) {
      const { programId } = application;
      const puts = applicationPuts(application).map((put) => ({ Put: conditionalPut(TableName, put) }));
      const counts = [
        oneMore(programId, day, aDay),
        ...(source ? [oneMore(programId, day, source.aDay, `SOURCE#${source.hash}`)] : []),
      ];
      const codes = await transact(documents, [...puts, ...counts]);
      if (codes.length === 0) return 'received';
      if (codes.slice(0, puts.length).includes(FAILED)) return 'stale';
      if (codes[puts.length] === FAILED) return 'too_many_of_day';
      return codes[puts.length + 1] === FAILED ? 'too_many_of_source' : 'contended';
    },
    async save(application) {
      const TransactItems = applicationPuts(application).map((put) => ({ Put: conditionalPut(TableName, put) }));
      const write = documents.send(new TransactWriteCommand({ TransactItems }));
      return (await ifConditionHolds(write)) ? 'saved' : 'stale';
    },
    async list(programId, status, { cursor, limit }) {
      const query = ofStatus(programId, status);
      const after = cursor === undefined ? undefined : fromCursor(cursor);
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          ...query,
          ...(after === undefined
            ? {}
            : {
                KeyConditionExpression: 'contractPk = :pk AND contractSk > :after',
                ExpressionAttributeValues: { ...query.ExpressionAttributeValues, ':after': after },
              }),
          // One more than wanted, so that the last page is known to be the last.
          Limit: limit + 1,
        }),
      );
      const items = Items.slice(0, limit);
      const isLast = Items.length <= limit && !LastEvaluatedKey;
      const last = items.at(-1)?.contractSk;
      return {
        items: items.map(applicationOfItem),
        ...(isLast || typeof last !== 'string' ? {} : { nextCursor: toCursor(last) }),
      };
    },
    async countWaiting(programId, upTo) {
      let count = 0;
      let ExclusiveStartKey: QueryCommandInput['ExclusiveStartKey'];
      do {
        const page = await documents.send(
          new QueryCommand({
            ...ofStatus(programId, 'waiting'),
            ...{ Select: 'COUNT', Limit: upTo - count, ExclusiveStartKey },
          }),
        );
        count += page.Count ?? 0;
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey && count < upTo);
      return count;
    },
  };
}
