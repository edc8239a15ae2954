import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { conditionalPut } from '#shared/adapters/dynamodb/partners/conditional-put';
import {
  COURSE_PROGRESS_SK_PREFIX,
  courseProgressKey,
  earnedCertificateKey,
  type Key,
  quizAttemptIdKey,
  quizAttemptKey,
  quizAttemptPrefix,
  revocationKey,
  trainingPk,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import {
  attemptOfItem,
  attemptPlaceOfItem,
  earnedCertificateOfItem,
  progressOfItem,
  revocationOfItem,
  trainingPuts,
} from '#shared/adapters/dynamodb/partners/training-items';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { StoredProgress, TrainingStore } from '#shared/application/partners/training/training-ports';

type Table = { readonly documents: DynamoDBDocumentClient; readonly tableName: string };

/** What partners did in courses, each in a partition of its own in the Partners table. */
export function makeTrainingStore({ documents, tableName: TableName }: Table): TrainingStore {
  const get = async <T>(Key: Key, of: (item: Record<string, unknown>) => T): Promise<T | undefined> => {
    const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item && of(Item);
  };
  const within = (pk: string, prefix: string): QueryCommandInput => ({
    TableName,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
    ConsistentRead: true,
  });

  return {
    progress: (programId, partnerId, courseId) =>
      get(courseProgressKey(programId, partnerId, courseId), progressOfItem),

    async allProgress(programId, partnerId) {
      const found: StoredProgress[] = [];
      const query = within(trainingPk(programId, partnerId), COURSE_PROGRESS_SK_PREFIX);
      for await (const item of queryAll(documents, query)) found.push(progressOfItem(item));
      return found;
    },

    async attempt(programId, partnerId, attemptId) {
      const place = await get(quizAttemptIdKey(programId, partnerId, attemptId), attemptPlaceOfItem);
      return place && get(quizAttemptKey(programId, partnerId, place.courseId, place.number), attemptOfItem);
    },

    async attempts(programId, partnerId, courseId, { cursor, limit }) {
      const prefix = quizAttemptPrefix(courseId);
      const pk = trainingPk(programId, partnerId);
      const sk = cursor === undefined ? undefined : fromCursor(cursor, (position) => position.startsWith(prefix));
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          ...within(pk, prefix),
          ScanIndexForward: false,
          Limit: limit,
          ...(sk === undefined ? {} : { ExclusiveStartKey: { pk, sk } }),
        }),
      );
      return {
        items: Items.map(attemptOfItem),
        ...(LastEvaluatedKey ? { nextCursor: toCursor(String(LastEvaluatedKey.sk)) } : {}),
      };
    },

    certificate: (programId, partnerId, id) =>
      get(earnedCertificateKey(programId, partnerId, id), earnedCertificateOfItem),

    revocation: (programId, partnerId, id) => get(revocationKey(programId, partnerId, id), revocationOfItem),

    async save(partner, writes) {
      const TransactItems = trainingPuts(partner, writes).map((put) => ({ Put: conditionalPut(TableName, put) }));
      const written = await ifConditionHolds(documents.send(new TransactWriteCommand({ TransactItems })));
      return written ? 'saved' : 'stale';
    },
  };
}
