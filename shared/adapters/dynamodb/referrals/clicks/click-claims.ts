import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { countingKey, type Key } from '#shared/adapters/dynamodb/referrals/referrals-keys';

/**
 * Who counts what. A counting has a random token and claims each click (and each visitor) by writing the token on its item;
 * one transaction then adds the numbers and writes that the counting is `counted`. So a claimed click is counted if and only
 * if its token is. Whoever meets the token of another counting looks how that ended: `counted` - done; not ended - it may be
 * about to, so a moment is waited, then it is ended as `void`, after which its transaction cannot be written any more; what
 * a void counting had claimed may be claimed anew. A crash at any point leaves a counting without an end, and clicks that
 * the next delivery with any of them takes over, whatever else it brings along.
 */
export type ClaimDeps = {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly pause: (ms: number) => Promise<unknown>;
  readonly random: () => number;
};

/** `ours` now; `counted` long ago, before clicks had claims; or whose it is. */
export type Claim = 'ours' | 'counted' | { readonly token: string };
export type Ending = 'counted' | 'void';

/** Some three seconds in all: a counting that lives ends within one. */
const PATIENCE_MS = [50, 100, 200, 400, 800, 1_600];
const CONFLICTS_LIMIT = 8;
const CONFLICT_PAUSE_MS = 20;

const ownedSchema = z.object({ countedBy: z.string().optional() });
const endedSchema = z.object({ ending: z.enum(['counted', 'void']) });

/** Claims what nobody has, or what the void counting `from` had. */
export async function claim(
  { documents, tableName }: ClaimDeps,
  item: Key & { readonly countedBy: string },
  from: string | undefined,
): Promise<Claim> {
  try {
    await documents.send(
      new PutCommand({
        TableName: tableName,
        Item: item,
        ConditionExpression: `attribute_not_exists(pk)${from === undefined ? '' : ' OR countedBy = :from'}`,
        ...(from === undefined ? {} : { ExpressionAttributeValues: { ':from': from } }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return 'ours';
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    if (!error.Item) throw new Error('a refused claim came without what it met');
    const { countedBy } = ownedSchema.parse(unmarshall(error.Item));
    // An answer that was lost and sent again by the client meets our own token.
    if (countedBy === item.countedBy) return 'ours';
    return countedBy === undefined ? 'counted' : { token: countedBy };
  }
}

/** How a counting ended; `undefined`: not yet. */
export async function endingOf(deps: ClaimDeps, programId: string, token: string): Promise<Ending | undefined> {
  const { Item } = await deps.documents.send(
    new GetCommand({ TableName: deps.tableName, Key: countingKey(programId, token), ConsistentRead: true }),
  );
  return Item && endedSchema.parse(Item).ending;
}

/** How a counting ended, after a moment in which it still may; then it is ended. */
export async function awaitEnding(
  deps: ClaimDeps,
  programId: string,
  token: string,
  expiresAt: number,
): Promise<Ending> {
  for (const ms of PATIENCE_MS) {
    const ending = await endingOf(deps, programId, token);
    if (ending) return ending;
    await deps.pause(ms);
  }
  for (let conflicts = 0; conflicts < CONFLICTS_LIMIT; conflicts += 1) {
    try {
      await deps.documents.send(
        new PutCommand({
          TableName: deps.tableName,
          Item: { ...countingKey(programId, token), ending: 'void', expiresAt },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
      return 'void';
    } catch (error) {
      const isEnding = error instanceof TransactionConflictException;
      if (!isEnding && !(error instanceof ConditionalCheckFailedException)) throw error;
      const ending = await endingOf(deps, programId, token);
      if (ending) return ending;
      await deps.pause(deps.random() * CONFLICT_PAUSE_MS * 2 ** conflicts);
    }
  }
  throw new Error('a counting was neither ended nor could be; the delivery is repeated');
}
