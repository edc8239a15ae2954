import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import { parseHold } from '#shared/adapters/dynamodb/referrals/holds/hold-items';
import { FACTS_INDEX, holdsPartition } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import type { HeldSale, HeldSalesReader } from '#shared/application/held-sales';
import { HOLD_STATUSES, isWaiting } from '#shared/domain/fraud/hold';

/** A review shows sums: who holds more looks at the list. */
const MAX_COUNTED = 5_000;

/** Holds that wait, through the contract index of referrals; of the sale no more than its amount and why it is held. */
export function makeHeldSalesReader(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): HeldSalesReader {
  return {
    async inPeriod(programId, period) {
      const found: HeldSale[] = [];
      for (const status of HOLD_STATUSES.filter(isWaiting)) {
        const items = queryAll(table.documents, {
          TableName: table.tableName,
          IndexName: FACTS_INDEX,
          KeyConditionExpression: 'factsPk = :pk',
          FilterExpression: '#period = :period',
          ExpressionAttributeNames: { '#period': 'period' },
          ExpressionAttributeValues: { ':pk': holdsPartition(programId, status), ':period': period },
        });
        for await (const item of items) {
          const { partnerIds, currency, amountMinor, signals } = parseHold(item);
          found.push({ partnerIds, currency, amountMinor, reasons: signals.map(({ code }) => code) });
          if (found.length >= MAX_COUNTED) return found;
        }
      }
      return found;
    },
  };
}
