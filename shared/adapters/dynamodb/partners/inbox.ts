import { type DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { inboxKey, inboxPk } from '#shared/adapters/dynamodb/partners/partners-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { Inbox, InboxNotice } from '#shared/application/notifications/outbox';
import { partnerOf } from '#shared/application/notifications/preferences';

const storedSchema = z.object({
  sk: z.string(),
  programId: z.string(),
  noticeId: z.string(),
  kind: z.string(),
  title: z.string(),
  text: z.string(),
  occurredAt: instantField,
  readAt: instantField.optional(),
});

/** A partner's inbox lies where it always did, under the bare partner id; with the others is a sign that no id begins with. */
export function inboxItem(notice: InboxNotice): Record<string, unknown> {
  const { programId, recipientId, occurredAt, noticeId } = notice;
  return { ...inboxKey(programId, ownerOf(recipientId), occurredAt, noticeId), ...notice };
}

/** Inboxes in the Partners table. */
export function makeInbox(table: { readonly documents: DynamoDBDocumentClient; readonly tableName: string }): Inbox {
  const { documents, tableName: TableName } = table;
  return {
    async list(programId, recipientId, { cursor, limit }) {
      const before = cursor === undefined ? undefined : fromCursor(cursor);
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
          ExpressionAttributeValues: { ':pk': inboxPk(programId, ownerOf(recipientId)), ':before': before },
          ScanIndexForward: false,
          // One more than wanted, so that the last page is known to be the last.
          Limit: limit + 1,
        }),
      );
      const found = Items.map((item) => storedSchema.parse(item));
      const page = found.slice(0, limit);
      const last = page.at(-1)?.sk;
      const isLast = found.length <= limit && !LastEvaluatedKey;
      return {
        items: page.map(({ sk: _sk, ...notice }) => ({ ...notice, recipientId })),
        nextCursor: isLast || !last ? undefined : toCursor(last),
      };
    },
    async unread(programId, recipientId, within) {
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': inboxPk(programId, ownerOf(recipientId)) },
          ProjectionExpression: 'readAt',
          ScanIndexForward: false,
          Limit: within,
        }),
      );
      return Items.filter(({ readAt }) => readAt === undefined).length;
    },
    async markRead(programId, recipientId, noticeId, at) {
      const pk = inboxPk(programId, ownerOf(recipientId));
      const query = {
        TableName,
        KeyConditionExpression: 'pk = :pk',
        FilterExpression: 'noticeId = :notice',
        ExpressionAttributeValues: { ':pk': pk, ':notice': noticeId },
        ProjectionExpression: 'sk',
        // What is read is mostly new.
        ScanIndexForward: false,
      };
      for await (const { sk } of queryAll(documents, query)) {
        const update = new UpdateCommand({
          TableName,
          Key: { pk, sk },
          UpdateExpression: 'SET readAt = if_not_exists(readAt, :at)',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':at': at },
        });
        await ifConditionHolds(documents.send(update));
        return 'read';
      }
      return 'not_found';
    },
  };
}

function ownerOf(recipientId: string): string {
  return partnerOf(recipientId) ?? `~${recipientId}`;
}
