import { randomUUID } from 'node:crypto';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { inboxItem } from '#shared/adapters/dynamodb/partners/inbox';
import { collectedOfItem, waitingMailField } from '#shared/adapters/dynamodb/partners/notice-message-items';
import { addToDigest, NEW, openingWrites } from '#shared/adapters/dynamodb/partners/outbox-writes';
import {
  CONTRACT_INDEX,
  collectedNoticesPk,
  digestsPlannedKey,
  type Key,
  mailKey,
  salesDigestedKey,
  waitingMailContractKey,
  waitingMailsContractPk,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import { transact } from '#shared/adapters/dynamodb/transact';
import type { MailState, Outbox } from '#shared/application/notifications/outbox';
import type { Instant } from '#shared/domain/time/instant';

const waitingSchema = z.object({
  programId: z.string(),
  mailId: z.string(),
  dueAt: instantField,
  state: z.enum(['collecting', 'pending']),
  waiting: waitingMailField,
});
const markSchema = z.object({ through: instantField });
const names = { '#state': 'state' };

/**
 * E-mails and their claims in the Partners table. What waits is in the index until somebody takes its claim; nothing is deleted.
 * A claim outlives its e-mail, so that a late repeat of an event finds it told.
 */
export function makeOutbox(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  /** Called of an item that cannot be read: the others are not held up. */
  readonly onUnreadable: (mailId: unknown, error: unknown) => void;
}): Outbox {
  const { documents, tableName: TableName } = table;
  const update = (input: Omit<UpdateCommandInput, 'TableName'>): Promise<boolean> =>
    ifConditionHolds(documents.send(new UpdateCommand({ TableName, ...input })));
  const move = (
    programId: string,
    mailId: string,
    change: { readonly from: MailState; readonly to: MailState; readonly also?: string; readonly values?: object },
  ): Promise<boolean> =>
    update({
      Key: mailKey(programId, mailId),
      UpdateExpression: `SET #state = :to ${change.also ?? ''}`,
      ConditionExpression: '#state = :from',
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ':from': change.from, ':to': change.to, ...change.values },
    });
  const dueAgain = (programId: string, mailId: string, dueAt: Instant) => {
    const { contractPk, contractSk } = waitingMailContractKey(programId, dueAt, mailId);
    return {
      also: ', dueAt = :due, contractPk = :pk, contractSk = :sk',
      values: { ':due': dueAt, ':pk': contractPk, ':sk': contractSk },
    };
  };
  const through = async (Key: Key): Promise<Instant | undefined> => {
    const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item && markSchema.parse(Item).through;
  };

  return {
    async open(told) {
      const codes = await transact(documents, openingWrites(TableName, told));
      if (codes.length === 0) return 'opened';
      const own = told.inbox ? codes.slice(0, 2) : codes.slice(0, 1);
      if (own.includes('ConditionalCheckFailed')) return 'exists';
      return codes.includes('ConditionalCheckFailed') ? 'closed' : 'contended';
    },
    async addSales({ programId, digest, after, through: until }) {
      const mark = {
        TableName,
        Item: { ...salesDigestedKey(programId, digest.recipientId), through: until },
        ...(after === undefined
          ? { ConditionExpression: NEW }
          : { ConditionExpression: 'through = :after', ExpressionAttributeValues: { ':after': after } }),
      };
      const writes = [addToDigest(TableName, programId, digest, 'sales'), { Put: mark }];
      return (await transact(documents, writes)).length === 0 ? 'added' : 'refused';
    },
    salesThrough: (programId, recipientId) => through(salesDigestedKey(programId, recipientId)),
    plannedThrough: (programId) => through(digestsPlannedKey(programId)),
    async savePlanned(programId, until) {
      await documents.send(new PutCommand({ TableName, Item: { ...digestsPlannedKey(programId), through: until } }));
    },
    async *due(programId, now) {
      const query = {
        TableName,
        IndexName: CONTRACT_INDEX,
        KeyConditionExpression: 'contractPk = :pk AND contractSk < :now',
        // `$` comes right behind `#`, which joins: all of this very instant are due.
        ExpressionAttributeValues: { ':pk': waitingMailsContractPk(programId), ':now': `${now}$` },
      };
      for await (const item of queryAll(documents, query)) {
        const parsed = waitingSchema.safeParse(item);
        if (!parsed.success) {
          table.onUnreadable(item.mailId, parsed.error);
          continue;
        }
        const { waiting: mail, ...rest } = parsed.data;
        yield { ...rest, mail };
      }
    },
    async close(programId, mailId) {
      await move(programId, mailId, { from: 'collecting', to: 'pending' });
      const Key = mailKey(programId, mailId);
      const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item?.state === 'pending' ? waitingSchema.parse(Item).waiting : undefined;
    },
    async collected(programId, mailId) {
      const found = [];
      const query = {
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': collectedNoticesPk(programId, mailId) },
        ConsistentRead: true,
      };
      for await (const item of queryAll(documents, query)) {
        try {
          found.push(collectedOfItem(item));
        } catch (error) {
          table.onUnreadable(mailId, error);
        }
      }
      return found;
    },
    async putInbox(notice) {
      const put = new PutCommand({ TableName, Item: inboxItem(notice), ConditionExpression: NEW });
      await ifConditionHolds(documents.send(put));
    },
    async postpone(programId, mailId, dueAt) {
      await move(programId, mailId, { from: 'pending', to: 'pending', ...dueAgain(programId, mailId, dueAt) });
    },
    startMail: (programId, mailId) =>
      update({
        Key: mailKey(programId, mailId),
        UpdateExpression: 'SET #state = :sending, claimId = :claim REMOVE contractPk, contractSk',
        // The client repeats a call whose answer was lost: the claim is taken then, and this call's.
        ConditionExpression: '#state = :pending OR (#state = :sending AND claimId = :claim)',
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: {
          ':pending': 'pending' satisfies MailState,
          ':sending': 'sending' satisfies MailState,
          ':claim': randomUUID(),
        },
      }),
    async endMail(programId, mailId, end) {
      await move(programId, mailId, { from: 'sending', to: end, also: 'REMOVE waiting' });
    },
    async giveBack(programId, mailId, dueAt) {
      await move(programId, mailId, { from: 'sending', to: 'pending', ...dueAgain(programId, mailId, dueAt) });
    },
    async skip(programId, mailId) {
      await move(programId, mailId, {
        from: 'pending',
        to: 'skipped',
        also: 'REMOVE contractPk, contractSk, waiting',
      });
    },
  };
}
