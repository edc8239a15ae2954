import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { decisionOfItem } from '#shared/adapters/dynamodb/partners/dispute-items';
import {
  disputeDecisionKey,
  disputeOfOrderKey,
  disputesOfOrderPk,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { DecisionRecord, Dispute } from '#shared/application/partners/dispute-ports';
import type { OrderDisputes } from '#shared/application/payouts/explain/explain-ports';

const schema = z.object({
  disputeId: z.string(),
  partnerId: z.string(),
  kind: z.enum(['missing', 'incorrect', 'declined']),
  filedAt: instantField,
  endedAs: z.enum(['carried_out', 'declined', 'withdrawn']).optional(),
});

export type OrderDisputeItem = z.output<typeof schema>;

export function orderDisputeOfItem(item: unknown): OrderDisputeItem {
  return schema.parse(item);
}

/** Written with a dispute: that there is one about its order. */
export function orderDisputeItem({ programId, orderId, disputeId, partnerId, kind, filedAt }: Dispute) {
  return { ...disputeOfOrderKey(programId, orderId, disputeId), disputeId, partnerId, kind, filedAt };
}

/** The disputes about an order, oldest first, each with its decisions. */
export function makeOrderDisputes(table: { documents: DynamoDBDocumentClient; tableName: string }): OrderDisputes {
  const { documents, tableName } = table;
  const decisionsOf = async (programId: string, disputeId: string): Promise<readonly DecisionRecord[]> => {
    const found: DecisionRecord[] = [];
    // Decisions count from 1; another one follows only a remedy that failed.
    for (;;) {
      const Key = disputeDecisionKey(programId, disputeId, found.length + 1);
      const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
      if (!Item) return found;
      found.push(decisionOfItem(Item));
    }
  };
  return {
    async ofOrder(programId, orderId) {
      const items = queryAll(documents, {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': disputesOfOrderPk(programId, orderId) },
        ConsistentRead: true,
      });
      const disputes: OrderDisputeItem[] = [];
      for await (const item of items) disputes.push(orderDisputeOfItem(item));
      disputes.sort((a, b) => Date.parse(a.filedAt) - Date.parse(b.filedAt));
      return Promise.all(
        disputes.map(async (dispute) => ({ ...dispute, decisions: await decisionsOf(programId, dispute.disputeId) })),
      );
    },
  };
}
