import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { isPlanSk, planKey, plansPk } from '#shared/adapters/dynamodb/money-keys';
import { planOfItem } from '#shared/adapters/dynamodb/plan-item';
import { componentsToText } from '#shared/application/payouts/plan-text';
import type { PlanStore } from '#shared/application/payouts/ports';

/** Plan versions: conditional create, nothing else. */
export function makePlans(deps: { documents: DynamoDBDocumentClient; tableName: string }): PlanStore {
  const { documents, tableName } = deps;
  return {
    async publish(programId, plan) {
      const key = planKey(programId, plan.version);
      const created = await ifConditionHolds(
        documents.send(
          new PutCommand({
            TableName: tableName,
            Item: { ...key, type: 'plan', ...plan, components: componentsToText(plan.components) },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      );
      if (created) return { created, plan };
      const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
      return { created, plan: planOfItem(Item) };
    },
    async list(programId, { cursor, limit }) {
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk AND sk > :after',
          ExpressionAttributeValues: {
            ':pk': plansPk(programId),
            ':after': cursor === undefined ? ' ' : fromCursor(cursor, isPlanSk),
          },
          Limit: limit,
          ConsistentRead: true,
        }),
      );
      const items = Items.map(planOfItem);
      const last = items.at(-1);
      return LastEvaluatedKey && last
        ? { items, nextCursor: toCursor(planKey(programId, last.version).sk) }
        : { items };
    },
  };
}
