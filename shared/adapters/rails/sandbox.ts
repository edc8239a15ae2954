import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { railEventKey, railRequestKey } from '#shared/adapters/dynamodb/money-keys';
import { writeTogether } from '#shared/adapters/dynamodb/money-transaction';
import type { Rail } from '#shared/application/payouts/rail';
import type { Clock } from '#shared/application/ports';
import { toInstant } from '#shared/domain/instant';

const OUTCOME = {
  settle: { outcome: 'settled' },
  fail: { outcome: 'failed', reason: 'The sandbox account refuses payments.' },
  return: { outcome: 'returned', reason: 'The sandbox account sends payments back.' },
} as const;

/**
 * A rail without a bank behind it, for trials: accepts every payout and reports what the payee's `behaviour` says.
 * Request and report are stored together, once a payout id; the report travels from the table's stream as
 * `payout.rail_event`, as a real rail's webhook would come: later, and perhaps twice.
 */
export function makeSandboxRail({
  documents,
  tableName,
  clock,
}: {
  documents: DynamoDBDocumentClient;
  tableName: string;
  clock: Clock;
}): Rail {
  return {
    submit: async (payout, payee) => {
      const { programId, payoutId } = payout;
      const reference = `sandbox-${payoutId}`;
      if (payee.rail !== 'sandbox') {
        // What the rail has already, it keeps: a refusal now would free money that was sent.
        const Key = railRequestKey(programId, payoutId);
        const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
        if (Item) return { outcome: 'accepted', reference };
        return { outcome: 'rejected', reason: 'The partner is no longer paid through the sandbox.' };
      }
      const eventId = `rail~${payoutId}`;
      const occurredAt = toInstant(clock());
      const condition = { TableName: tableName, ConditionExpression: 'attribute_not_exists(pk)' };
      const request = {
        type: 'rail_request',
        programId,
        payoutId,
        currency: payout.currency,
        amountMinor: payout.amountMinor,
        requestedAt: occurredAt,
      };
      const event = { type: 'rail_event', eventId, programId, payoutId, occurredAt, ...OUTCOME[payee.behaviour] };
      // Refused: this payout id was submitted before, and accepted.
      await writeTogether(documents, [
        { Put: { ...condition, Item: { ...railRequestKey(programId, payoutId), ...request } } },
        { Put: { ...condition, Item: { ...railEventKey(programId, payoutId, eventId), ...event } } },
      ]);
      return { outcome: 'accepted', reference };
    },
  };
}
