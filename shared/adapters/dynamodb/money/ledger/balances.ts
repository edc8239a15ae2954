import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { minorField } from '#shared/adapters/dynamodb/money/money-fields';
import { BALANCE_SK_PREFIX, balanceKey, partnerLedgerPk } from '#shared/adapters/dynamodb/money/money-keys';
import type { TransactItems } from '#shared/adapters/dynamodb/money/money-transaction';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { Balances } from '#shared/application/payouts/ledger/ledger-ports';
import type { Currency } from '#shared/domain/money/money';
import type { Instant } from '#shared/domain/time/instant';

const balanceSchema = z.object({
  currency: z.string(),
  payableMinor: minorField,
  reservedMinor: minorField,
});

/** Partner balances in the Money table, one item a currency. */
export function makeBalances({
  documents,
  tableName,
}: {
  documents: DynamoDBDocumentClient;
  tableName: string;
}): Balances {
  return {
    of: async (programId, partnerId) => {
      const balances = [];
      const items = queryAll(documents, {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': partnerLedgerPk(programId, partnerId), ':sk': BALANCE_SK_PREFIX },
        ConsistentRead: true,
      });
      for await (const item of items) balances.push(balanceSchema.parse(item));
      return balances;
    },
  };
}

/** Adds to a balance inside a transaction. Addition needs no earlier read, so that writers only queue and never overwrite. */
export function addToBalance(
  tableName: string,
  change: {
    readonly programId: string;
    readonly partnerId: string;
    readonly currency: Currency;
    readonly payableDeltaMinor: bigint;
    readonly reservedDeltaMinor: bigint;
    readonly at: Instant;
  },
): TransactItems[number] {
  return {
    Update: {
      TableName: tableName,
      Key: balanceKey(change.programId, change.partnerId, change.currency),
      UpdateExpression:
        'SET #type = :type, programId = :program, partnerId = :partner, currency = :currency, updatedAt = :at ' +
        'ADD payableMinor :payable, reservedMinor :reserved',
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: {
        ':type': 'balance',
        ':program': change.programId,
        ':partner': change.partnerId,
        ':currency': change.currency,
        ':at': change.at,
        ':payable': change.payableDeltaMinor,
        ':reserved': change.reservedDeltaMinor,
      },
    },
  };
}
