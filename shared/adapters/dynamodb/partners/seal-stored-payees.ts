import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateScan,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { profileOfItem } from '#shared/adapters/dynamodb/partners/partner-items';
import { payeeChangeKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import {
  isStillPayee,
  payeeAccountItems,
  payeeItem,
  payeeOfItem,
} from '#shared/adapters/dynamodb/partners/payee-items';
import { isKeyedHash, keyedHash } from '#shared/adapters/payee-hashes';
import { payeeIdOfEnrolment } from '#shared/application/partners/payee-ports';
import type { PayeeSealer } from '#shared/application/payee-vault';

const itemSchema = z.looseObject({ pk: z.string(), sk: z.string() });
type Item = z.output<typeof itemSchema>;
const accountSchema = /^(.+)#PAYEE_ACCOUNT#([0-9a-f]{64})$/;
const payeeSchema = /^(.+)#PAYEE#([^#]+)$/;

type Deps = {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly sealer: PayeeSealer;
  readonly hashKey: () => Promise<Uint8Array>;
};
export type Sealed = { payees: number; accounts: number; profiles: number; changedMeanwhile: number };

/**
 * Seals what earlier versions stored in plain: details, the hashes of accounts, and the digests of enrolments that hold them. One
 * pass over the table; each item conditional, so that it can be repeated and run while people work. Payees keep their ids, so
 * that no approval is lost.
 */
export async function sealStoredPayees(deps: Deps): Promise<Sealed> {
  const done: Sealed = { payees: 0, accounts: 0, profiles: 0, changedMeanwhile: 0 };
  for await (const { Items = [] } of paginateScan({ client: deps.documents }, { TableName: deps.tableName })) {
    for (const found of Items) {
      const item = itemSchema.parse(found);
      const kind = kindOf(item);
      if (!kind || (kind === 'profiles' && !(await hasPayeeOfEnrolment(deps, item)))) continue;
      if (await SEAL[kind](deps, item)) done[kind] += 1;
      else done.changedMeanwhile += 1;
    }
  }
  return done;
}

type Kind = 'payees' | 'accounts' | 'profiles';

function kindOf(item: Item): Kind | undefined {
  if (item.sk === 'PAYEE' && item.payee !== undefined) return 'payees';
  if (accountSchema.test(item.pk)) return 'accounts';
  return item.sk === 'PROFILE' && !isKeyedHash(String(item.contentHash)) ? 'profiles' : undefined;
}

/** Only then is there something in the digest that is not beside it. */
async function hasPayeeOfEnrolment({ documents, tableName: TableName }: Deps, item: Item): Promise<boolean> {
  const { programId, partnerId } = profileOfItem(item);
  const Key = payeeChangeKey(programId, partnerId, payeeIdOfEnrolment(partnerId));
  return (await documents.send(new GetCommand({ TableName, Key }))).Item !== undefined;
}

const SEAL: Readonly<Record<Kind, (deps: Deps, item: Item) => Promise<boolean>>> = {
  payees: async ({ documents, tableName: TableName, sealer }, item) => {
    const [, programId = '', partnerId = ''] = payeeSchema.exec(item.pk) ?? [];
    const { details, ...known } = payeeOfItem(item);
    if (!('plain' in details)) return false;
    const sealed = await sealer.seal({ programId, partnerId }, details.plain);
    const { condition, values } = isStillPayee(known.payeeId);
    const Item = payeeItem(programId, partnerId, { ...known, details: sealed });
    const Put = { TableName, Item, ConditionExpression: condition, ExpressionAttributeValues: values };
    const others = payeeAccountItems(programId, partnerId, sealed.accountHash);
    const TransactItems = [{ Put }, ...others.map((other) => ({ Put: { TableName, Item: other } }))];
    return ifConditionHolds(documents.send(new TransactWriteCommand({ TransactItems })));
  },

  /** Of a partner that has left the account too: it is known by the hash alone. */
  accounts: async ({ documents, tableName: TableName, hashKey }, { pk, sk }) => {
    const [, programId = '', hash = ''] = accountSchema.exec(pk) ?? [];
    const [, keyed] = payeeAccountItems(programId, sk, keyedHash(await hashKey(), 'account', hash));
    await documents.send(new PutCommand({ TableName, Item: keyed }));
    await documents.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
    return true;
  },

  profiles: async ({ documents, tableName: TableName, hashKey }, { pk, sk, contentHash }) => {
    const after = keyedHash(await hashKey(), 'content', String(contentHash));
    return ifConditionHolds(
      documents.send(
        new UpdateCommand({
          TableName,
          Key: { pk, sk },
          UpdateExpression: 'SET contentHash = :after',
          ConditionExpression: 'contentHash = :before',
          ExpressionAttributeValues: { ':before': contentHash, ':after': after },
        }),
      ),
    );
  },
};
