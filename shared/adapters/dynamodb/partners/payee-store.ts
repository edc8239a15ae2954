import { type DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { type Key, payeeKey, payeeNoticeKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import {
  isStillPayee,
  payeeAccountItems,
  payeeChangeItem,
  payeeItem,
  payeeNoticeItem,
  payeeNoticeOfItem,
  payeeOfItem,
} from '#shared/adapters/dynamodb/partners/payee-items';
import type { PayeeStore, SetPayee } from '#shared/application/partners/payee-ports';

type Table = { readonly documents: DynamoDBDocumentClient; readonly tableName: string };

/** Payees in the Partners table, their details as ciphertext. */
export function makePayeeStore({ documents, tableName: TableName }: Table): PayeeStore {
  const get = async (Key: Key): Promise<Record<string, unknown> | undefined> =>
    (await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;
  return {
    async payee(programId, partnerId) {
      const item = await get(payeeKey(programId, partnerId));
      return item && payeeOfItem(item);
    },
    async changePayee(payee, notice, before) {
      const { programId, partnerId } = notice;
      const [item, ...others] = payeeItems(programId, partnerId, payee);
      const TransactItems = [
        { Put: { TableName, Item: item, ...conditionOn(before) } },
        ...[...others, payeeNoticeItem(notice)].map((Item) => ({ Put: { TableName, Item } })),
      ];
      return (await ifConditionHolds(documents.send(new TransactWriteCommand({ TransactItems }))))
        ? 'changed'
        : 'stale';
    },
    async payeeNotice(programId, partnerId, payeeId) {
      const item = await get(payeeNoticeKey(programId, partnerId, payeeId));
      return item && payeeNoticeOfItem(item);
    },
  };
}

/** Everything that setting a payee writes; the payee itself first. */
export function payeeItems(programId: string, partnerId: string, payee: SetPayee): Record<string, unknown>[] {
  return [
    payeeItem(programId, partnerId, payee),
    payeeChangeItem(programId, partnerId, payee),
    ...payeeAccountItems(programId, partnerId, payee.details.accountHash),
  ];
}

function conditionOn(before: string | undefined) {
  if (before === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const { condition, values } = isStillPayee(before);
  return { ConditionExpression: condition, ExpressionAttributeValues: values };
}
