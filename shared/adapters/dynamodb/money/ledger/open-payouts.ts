import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { payoutOfItem } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import {
  CONTRACT_INDEX,
  openPayoutsPk,
  railLookBackKey,
  railSweepKey,
  reservedPayoutsPk,
} from '#shared/adapters/dynamodb/money/money-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { OpenPayouts } from '#shared/application/payouts/paying/open-payouts';
import { isFileRail, isPending } from '#shared/domain/ledger/payout';

/** Sorts before every id. */
const FIRST = ' ';

const lookBackSchema = z.object({ until: instantField });
const cursorSchema = z.object({ after: z.string().optional() });

/** Payouts whose end is not known, from the Money table's contract index, and where the last look at them ended. */
export function makeOpenPayouts(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): OpenPayouts {
  const { documents, tableName: TableName } = deps;
  return {
    async *pending(programId) {
      const items = queryAll(documents, {
        TableName,
        IndexName: CONTRACT_INDEX,
        KeyConditionExpression: 'contractPk = :pk',
        ExpressionAttributeValues: { ':pk': reservedPayoutsPk(programId) },
      });
      for await (const item of items) {
        const payout = payoutOfItem(item);
        if (isPending(payout.status) && !isFileRail(payout.rail)) yield payout;
      }
    },
    async *accepted(programId, after = FIRST) {
      const items = queryAll(documents, {
        TableName,
        IndexName: CONTRACT_INDEX,
        KeyConditionExpression: 'contractPk = :pk AND contractSk > :after',
        ExpressionAttributeValues: { ':pk': openPayoutsPk(programId), ':after': after },
      });
      for await (const item of items) yield payoutOfItem(item);
    },
    cursor: async (programId) => {
      const Key = railSweepKey(programId);
      const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && cursorSchema.parse(Item).after;
    },
    keepCursor: async (programId, after) => {
      const Item = { ...railSweepKey(programId), type: 'rail_sweep', after };
      await documents.send(new PutCommand({ TableName, Item }));
    },
    lookedBackUntil: async (programId) => {
      const Key = railLookBackKey(programId);
      const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && lookBackSchema.parse(Item).until;
    },
    keepLookedBack: async (programId, until) => {
      const Item = { ...railLookBackKey(programId), type: 'rail_sweep', until };
      await documents.send(new PutCommand({ TableName, Item }));
    },
  };
}
