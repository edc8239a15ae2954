import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { decisionOfItem, disputeOfItem } from '#shared/adapters/dynamodb/partners/dispute-items';
import { DISPUTE_DECISION_SK_PREFIX, DISPUTE_SK } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { DecisionRecord, Dispute } from '#shared/application/partners/dispute-ports';

export type DisputeNews =
  | { readonly type: 'decided'; readonly decision: DecisionRecord }
  | { readonly type: 'escalated'; readonly dispute: Dispute; readonly escalatedAt: string };

/** What a record of the Partners table's stream says of a dispute; `undefined` for all that nobody else is told. @throws ZodError */
export function disputeNewsOfRecord({ eventName, dynamodb }: DynamoDBRecord): DisputeNews | undefined {
  const sk = dynamodb?.Keys?.sk?.S ?? '';
  if (eventName === 'INSERT' && sk.startsWith(DISPUTE_DECISION_SK_PREFIX)) {
    return { type: 'decided', decision: decisionOfItem(itemOf(dynamodb?.NewImage)) };
  }
  if (eventName !== 'MODIFY' || sk !== DISPUTE_SK) return undefined;
  const [before, dispute] = [dynamodb?.OldImage, dynamodb?.NewImage].map((image) => disputeOfItem(itemOf(image)));
  const escalatedAt = before?.escalatedAt === undefined ? dispute?.escalatedAt : undefined;
  return dispute && escalatedAt !== undefined ? { type: 'escalated', dispute, escalatedAt } : undefined;
}

function itemOf(image: unknown): Record<string, unknown> {
  return unmarshall((image ?? {}) as Record<string, AttributeValue>);
}
