import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { planKey } from '#shared/adapters/dynamodb/money/money-keys';
import { planOfItem } from '#shared/adapters/dynamodb/money/plans/plan-item';
import type { Plan } from '#shared/domain/plan/plan';

/** A published version never changes, so it is kept for the life of the function. */
const MAX_CACHED = 1_000;

export type PlanReader = {
  /** `undefined` for a version that was never published. */
  get(programId: string, version: number): Promise<Plan | undefined>;
};

/** Plans for every service: by key, read-only. A missing version is asked for again each time. */
export function makePlanReader(deps: { documents: DynamoDBDocumentClient; tableName: string }): PlanReader {
  const { documents, tableName } = deps;
  const cache = new Map<string, Plan>();
  return {
    async get(programId, version) {
      const cacheKey = `${programId}#${version}`;
      const cached = cache.get(cacheKey);
      if (cached) return cached;
      const { Item } = await documents.send(
        new GetCommand({ TableName: tableName, Key: planKey(programId, version), ConsistentRead: true }),
      );
      if (!Item) return undefined;
      const { components } = planOfItem(Item);
      const plan: Plan = { version, components };
      if (cache.size >= MAX_CACHED) cache.clear();
      cache.set(cacheKey, plan);
      return plan;
    },
  };
}
