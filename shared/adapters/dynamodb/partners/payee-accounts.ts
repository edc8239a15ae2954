import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { payeeAccountPk, payeeHashKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import { isKeyedHash, keyedHash, type PayeeHashKey } from '#shared/adapters/payee-hashes';
import type { PayeeAccounts } from '#shared/application/payee-accounts';

const hashSchema = z.object({ accountHash: z.string().optional() });
const accountSchema = z.object({ sk: z.string() });

/** Nobody needs the whole list: two are enough for a signal, and who left the account is among them. */
const MAX_LOOKED_AT = 10;

/**
 * Hashes of accounts from partitions of their own, so that a grant needs no payee. Two reads, and one more for each other partner.
 * A hash from before they were keyed is compared as what it is; it is not found from a keyed one until seal-payees has run.
 */
export function makePayeeAccounts(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly hashKey: PayeeHashKey;
}): PayeeAccounts {
  const { documents, tableName: TableName } = deps;
  const keyed = async (plainHash: string): Promise<string | undefined> => {
    const key = await deps.hashKey();
    return key && keyedHash(key, 'account', plainHash);
  };
  const hashOf = async (programId: string, partnerId: string): Promise<string | undefined> => {
    const Key = payeeHashKey(programId, partnerId);
    const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item && hashSchema.parse(Item).accountHash;
  };
  const paidInto = async (programId: string, accountHash: string): Promise<readonly string[]> => {
    const { Items = [] } = await documents.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': payeeAccountPk(programId, accountHash) },
        Limit: MAX_LOOKED_AT,
      }),
    );
    return Items.map((item) => accountSchema.parse(item).sk);
  };
  return {
    async isAccount(accountHash, paymentHash) {
      if (!isKeyedHash(accountHash)) return accountHash === paymentHash;
      return accountHash === (await keyed(paymentHash));
    },
    async of(programId, partnerId) {
      const accountHash = await hashOf(programId, partnerId);
      if (accountHash === undefined) return undefined;
      const later = isKeyedHash(accountHash) ? undefined : await keyed(accountHash);
      const same = later === undefined ? [accountHash] : [accountHash, later];
      const found = await Promise.all(same.map((hash) => paidInto(programId, hash)));
      const others = found.flat().filter((other) => other !== partnerId);
      // An item stays when its partner goes elsewhere: where it is paid now is asked.
      const now = await Promise.all(others.map((other) => hashOf(programId, other)));
      return { accountHash, samePayeeAs: others.filter((_, index) => same.includes(now[index] ?? '')) };
    },
  };
}
