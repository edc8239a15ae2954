import { randomBytes } from 'node:crypto';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { PAYEE_HASH_KEY } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { Opener, Sealer } from '#shared/adapters/kms-key';
import { HASHING_CONTEXT, type PayeeHashKey } from '#shared/adapters/payee-hashes';

const KEY_BYTES = 32;
const itemSchema = z.object({ sealed: z.string() });

type Deps = { readonly documents: DynamoDBDocumentClient; readonly tableName: string; readonly opener: Opener };

/**
 * The key that hashes payees: made once an installation, kept in the Partners table as KMS sealed it. Somebody with the table
 * alone could try all account numbers against a plain digest; against these they can try nothing. Read once a function
 * instance: it opens no account.
 */
export function makePayeeHashKey(deps: Deps): PayeeHashKey {
  let known: Promise<Uint8Array> | undefined;
  return async () => {
    if (known) return known;
    const sealed = await read(deps);
    if (sealed === undefined) return undefined;
    known = deps.opener.decrypt(HASHING_CONTEXT, Buffer.from(sealed, 'base64'));
    known.catch(() => {
      known = undefined;
    });
    return known;
  };
}

/** The same for who may make it: of several that do so at once, the first one's stays. */
export function makeOwnPayeeHashKey(deps: Deps & { readonly sealer: Sealer }): () => Promise<Uint8Array> {
  const find = makePayeeHashKey(deps);
  return async () => {
    const there = await find();
    if (there) return there;
    const sealed = await deps.sealer.encrypt(HASHING_CONTEXT, randomBytes(KEY_BYTES));
    const Item = { ...PAYEE_HASH_KEY, sealed: Buffer.from(sealed).toString('base64') };
    const put = new PutCommand({ TableName: deps.tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' });
    await ifConditionHolds(deps.documents.send(put));
    const made = await find();
    if (!made) throw new Error('the key of the hashes of payees was put and is not there');
    return made;
  };
}

async function read({ documents, tableName }: Deps): Promise<string | undefined> {
  const get = new GetCommand({ TableName: tableName, Key: PAYEE_HASH_KEY, ConsistentRead: true });
  const { Item } = await documents.send(get);
  return Item && itemSchema.parse(Item).sealed;
}
