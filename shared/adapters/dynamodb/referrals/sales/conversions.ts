import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { cancellationCodes } from '#shared/adapters/dynamodb/cancellation';
import { improveCustomer, parseCustomer } from '#shared/adapters/dynamodb/referrals/customers/customer-items';
import { holdOfOrder, holdWrites } from '#shared/adapters/dynamodb/referrals/holds/hold-items';
import {
  CONVERSION_SK,
  CUSTOMER_SK,
  conversionKey,
  customerKey,
  orderPartition,
  REATTRIBUTION_SK_PREFIX,
  REFUND_SK_PREFIX,
  TOUCHES_SK,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { conversionItem, parseConversion } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import { parseReattribution, recordsOfOrder } from '#shared/adapters/dynamodb/referrals/sales/reattributions';
import { parseRefund } from '#shared/adapters/dynamodb/referrals/sales/refunds';
import { partsOfOrder, salePartWrites } from '#shared/adapters/dynamodb/referrals/sales/split-sales';
import { holdOfSale } from '#shared/application/referrals/holds/hold-of-sale';
import type { ConversionRecord, ConversionStore, CustomerChange } from '#shared/application/referrals/ports';

type Deps = { readonly documents: DynamoDBDocumentClient; readonly tableName: string };

/**
 * Conversions in the Referrals table. A conversion that changes nothing for its customer is one conditional put
 * (2 write units with its index entry); one that does is a transaction with the customer (5), and a split one with its parts.
 */
export function makeConversionStore({ documents, tableName }: Deps): ConversionStore {
  return {
    history: async (programId, customerId) => {
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :customer AND :touches',
          ExpressionAttributeValues: {
            ':pk': customerKey(programId, customerId).pk,
            ':customer': CUSTOMER_SK,
            ':touches': TOUCHES_SK,
          },
          ConsistentRead: true,
        }),
      );
      return parseCustomer(Items);
    },
    add: (conversion, change, parts = []) =>
      changesCustomer(change) || parts.length > 0 || holdOfSale(conversion)
        ? addTogether({ documents, tableName }, conversion, change, parts)
        : addAlone({ documents, tableName }, conversion),
    find: async (programId, orderId) => {
      const Key = conversionKey(programId, orderId);
      const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
      return Item && parseConversion(Item);
    },
    findOrder: async (programId, orderId) => {
      const items: Record<string, unknown>[] = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await documents.send(
          new QueryCommand({
            TableName: tableName,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': orderPartition(programId, orderId) },
            ConsistentRead: true,
            ExclusiveStartKey,
          }),
        );
        items.push(...(page.Items ?? []));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      // Copies that closed months keep lie in the same partition and are none of the order's present.
      const of = (prefix: string): Record<string, unknown>[] => items.filter(({ sk }) => String(sk).startsWith(prefix));
      const [sale] = of(CONVERSION_SK);
      return (
        sale && {
          conversion: parseConversion(sale),
          refunds: of(REFUND_SK_PREFIX).map(parseRefund),
          ...recordsOfOrder(of(REATTRIBUTION_SK_PREFIX).map(parseReattribution)),
          ...partsOfOrder(items),
          ...holdOfOrder(items),
        }
      );
    },
  };
}

async function addAlone(
  { documents, tableName }: Deps,
  conversion: ConversionRecord,
): ReturnType<ConversionStore['add']> {
  try {
    await documents.send(
      new PutCommand({
        TableName: tableName,
        Item: conversionItem(conversion),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
    return 'recorded';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'exists';
    throw error;
  }
}

const changesCustomer = (change: CustomerChange): boolean =>
  change.first !== undefined || change.suppliedAt !== undefined || change.bindings !== undefined;

async function addTogether(
  { documents, tableName }: Deps,
  conversion: ConversionRecord,
  change: CustomerChange,
  parts: readonly ConversionRecord[],
): ReturnType<ConversionStore['add']> {
  const Key = customerKey(conversion.programId, conversion.customerId);
  try {
    await documents.send(
      new TransactWriteCommand({
        TransactItems: [
          {
            Put: {
              TableName: tableName,
              Item: conversionItem(conversion),
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          },
          ...(changesCustomer(change) ? [{ Update: { TableName: tableName, Key, ...improveCustomer(change) } }] : []),
          ...salePartWrites(tableName, parts),
          ...holdWrites(tableName, conversion),
        ],
      }),
    );
    return 'recorded';
  } catch (error) {
    const codes = cancellationCodes(error);
    if (!codes) throw error;
    // The order first: when it exists the customer has been improved by it already.
    return codes[0] === 'ConditionalCheckFailed' ? 'exists' : 'contended';
  }
}
