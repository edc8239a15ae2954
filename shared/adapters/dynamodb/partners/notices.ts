import {
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { cancellationCodes } from '#shared/adapters/dynamodb/cancellation';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { inboxKey, inboxPk, mailKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { MailState, Notices } from '#shared/application/notifications/ports';

const noticeSchema = z.object({
  programId: z.string(),
  partnerId: z.string(),
  noticeId: z.string(),
  kind: z.string(),
  title: z.string(),
  text: z.string(),
  occurredAt: z.string(),
});
const storedSchema = noticeSchema.extend({ sk: z.string() });

/** Inbox items and the claims on their e-mails in the Partners table. */
export function makeNotices(table: { documents: DynamoDBDocumentClient; tableName: string }): Notices {
  const { documents, tableName: TableName } = table;
  const move = (programId: string, noticeId: string, from: MailState, to: MailState): Promise<boolean> =>
    ifConditionHolds(
      documents.send(
        new UpdateCommand({
          TableName,
          Key: mailKey(programId, noticeId),
          UpdateExpression: 'SET #state = :to',
          ConditionExpression: '#state = :from',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':from': from, ':to': to },
        }),
      ),
    );

  return {
    async open(notice) {
      const { programId, partnerId, noticeId, occurredAt } = notice;
      const ConditionExpression = 'attribute_not_exists(pk)';
      const inboxItem = { ...inboxKey(programId, partnerId, occurredAt, noticeId), ...notice };
      const mailItem = { ...mailKey(programId, noticeId), state: 'pending' satisfies MailState };
      try {
        await documents.send(
          new TransactWriteCommand({
            TransactItems: [
              { Put: { TableName, Item: inboxItem, ConditionExpression } },
              { Put: { TableName, Item: mailItem, ConditionExpression } },
            ],
          }),
        );
      } catch (error) {
        // Only a failed condition says that the notice is there; of two transactions in conflict both may have lost.
        if (!cancellationCodes(error)?.includes('ConditionalCheckFailed')) throw error;
      }
    },
    async openMail(programId, noticeId) {
      const Item = { ...mailKey(programId, noticeId), state: 'pending' satisfies MailState };
      const put = new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' });
      await ifConditionHolds(documents.send(put));
    },
    startMail: (programId, noticeId) => move(programId, noticeId, 'pending', 'sending'),
    async endMail(programId, noticeId, state) {
      await move(programId, noticeId, 'sending', state);
    },
    async list(programId, partnerId, { cursor, limit }) {
      const before = cursor === undefined ? undefined : fromCursor(cursor);
      const page = await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
          ExpressionAttributeValues: { ':pk': inboxPk(programId, partnerId), ':before': before },
          ScanIndexForward: false,
          // One more than wanted, so that the last page is known to be the last.
          Limit: limit + 1,
        }),
      );
      const found = (page.Items ?? []).map((item) => storedSchema.parse(item));
      const items = found.slice(0, limit);
      const last = items.at(-1)?.sk;
      const isLast = found.length <= limit && !page.LastEvaluatedKey;
      return {
        items: items.map(({ sk: _sk, ...notice }) => notice),
        nextCursor: isLast || !last ? undefined : toCursor(last),
      };
    },
  };
}
