import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { railRequestKey } from '#shared/adapters/dynamodb/money/money-keys';
import type { RailRequest, RailRequests } from '#shared/application/payouts/paying/rail-requests';

const requestSchema = z.object({
  programId: z.string(),
  payoutId: z.string(),
  rail: z.enum(['stripe', 'paypal']),
  account: z.string(),
  payeeId: z.string(),
  firstSentAt: instantField,
  lastSentAt: instantField,
  inDoubt: z.boolean(),
  reference: z.string().optional(),
});

/** What was sent to Stripe and PayPal, beside the payouts in the Money table. Names no payee. */
export function makeRailRequests(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): RailRequests {
  const { documents, tableName: TableName } = deps;
  const find = async (programId: string, payoutId: string): Promise<RailRequest | undefined> => {
    const Key = railRequestKey(programId, payoutId);
    const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item && requestSchema.parse(Item);
  };
  return {
    find,
    open: async ({ at, ...sent }) => {
      const request: RailRequest = { ...sent, firstSentAt: at, lastSentAt: at, inDoubt: true };
      const Item = { ...railRequestKey(sent.programId, sent.payoutId), type: 'rail_request', ...request };
      const put = new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' });
      if (await ifConditionHolds(documents.send(put))) return { request, isNew: true };
      const stored = await find(sent.programId, sent.payoutId);
      if (!stored) throw new Error(`the rail request of ${sent.payoutId} was refused as existing, but is not there`);
      return { request: stored, isNew: false };
    },
    note: async ({ programId, payoutId }, { inDoubt, sentAt, reference }, ifLastSentAt) => {
      const set = { inDoubt, lastSentAt: sentAt, reference };
      const named = Object.entries(set).filter(([, value]) => value !== undefined);
      const isLast = ifLastSentAt === undefined ? '' : ' AND lastSentAt = :last';
      const update = new UpdateCommand({
        TableName,
        Key: railRequestKey(programId, payoutId),
        UpdateExpression: `SET ${named.map(([name]) => `#${name} = :${name}`).join(', ')}`,
        ConditionExpression: `attribute_exists(pk)${isLast}`,
        ExpressionAttributeNames: Object.fromEntries(named.map(([name]) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(named.map(([name, value]) => [`:${name}`, value])),
          ...(ifLastSentAt === undefined ? {} : { ':last': ifLastSentAt }),
        },
      });
      const isNoted = await ifConditionHolds(documents.send(update));
      if (!isNoted && ifLastSentAt === undefined) throw new Error(`no rail request of ${payoutId} is kept`);
      return isNoted;
    },
  };
}
