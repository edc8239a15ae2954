import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { isPlanSk, planKey, plansPk } from '#shared/adapters/dynamodb/money/money-keys';
import { planOfItem } from '#shared/adapters/dynamodb/money/plans/plan-item';
import { componentsToText } from '#shared/application/payouts/plans/plan-text';
import type { PlanStore, PublishedPlan } from '#shared/application/payouts/ports';

/** Plan versions: conditional create, nothing else. */
export function makePlans(deps: { documents: DynamoDBDocumentClient; tableName: string }): PlanStore {
  const { documents, tableName } = deps;
  const get = async (programId: string, version: number): Promise<PublishedPlan | undefined> => {
    const { Item } = await documents.send(
      new GetCommand({ TableName: tableName, Key: planKey(programId, version), ConsistentRead: true }),
    );
    return Item && planOfItem(Item);
  };
  return {
    get,
    async publish(programId, plan) {
      const created = await ifConditionHolds(documents.send(new PutCommand(planWrite(tableName, programId, plan))));
      if (created) return { created, plan };
      const stored = await get(programId, plan.version);
      if (!stored) throw new Error(`plan version ${plan.version} is taken, but not stored`);
      return { created, plan: stored };
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

/** Creates a version that does not exist yet: the same write whether it stands alone or closes a draft. */
export function planWrite(
  tableName: string,
  programId: string,
  plan: PublishedPlan,
): { TableName: string; Item: Record<string, unknown>; ConditionExpression: string } {
  return {
    TableName: tableName,
    Item: {
      ...planKey(programId, plan.version),
      type: 'plan',
      ...plan,
      components: componentsToText(plan.components),
    },
    ConditionExpression: 'attribute_not_exists(pk)',
  };
}
