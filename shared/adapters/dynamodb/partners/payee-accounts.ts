import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { digest } from '#shared/adapters/digest';
import { payeeAccountKey, payeeAccountPk, payeeHashKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import { accountHashOf, type PayeeAccounts } from '#shared/application/payee-accounts';
import type { Payee } from '#shared/application/payees';

type Item = Record<string, unknown>;

const hashSchema = z.object({ accountHash: z.string().optional() });
const accountSchema = z.object({ sk: z.string() });

/** Nobody needs the whole list: two are enough for a signal, and who left the account is among them. */
const MAX_LOOKED_AT = 10;

/** Written with every payee: the hash of its account, and that the partner is, or once was, paid into it. */
export function payeeAccountItems(programId: string, partnerId: string, payee: Payee): readonly Item[] {
  const accountHash = accountHashOf(digest, payee);
  const hash = { ...payeeHashKey(programId, partnerId), accountHash };
  return accountHash === undefined ? [hash] : [hash, payeeAccountKey(programId, accountHash, partnerId)];
}

/** Hashes of accounts from partitions of their own, so that a grant needs no payee. Two reads, and one more for each other partner. */
export function makePayeeAccounts(table: { documents: DynamoDBDocumentClient; tableName: string }): PayeeAccounts {
  const { documents, tableName: TableName } = table;
  const hashOf = async (programId: string, partnerId: string): Promise<string | undefined> => {
    const Key = payeeHashKey(programId, partnerId);
    const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item && hashSchema.parse(Item).accountHash;
  };
  return {
    async of(programId, partnerId) {
      const accountHash = await hashOf(programId, partnerId);
      if (accountHash === undefined) return undefined;
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': payeeAccountPk(programId, accountHash) },
          Limit: MAX_LOOKED_AT,
        }),
      );
      const others = Items.map((item) => accountSchema.parse(item).sk).filter((other) => other !== partnerId);
      // An item stays when its partner goes elsewhere: where it is paid now is asked.
      const now = await Promise.all(others.map((other) => hashOf(programId, other)));
      return { accountHash, samePayeeAs: others.filter((_, index) => now[index] === accountHash) };
    },
  };
}
