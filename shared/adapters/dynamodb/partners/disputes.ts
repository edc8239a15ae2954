import { GetCommand, PutCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { batchGet, type ReadDeps } from '#shared/adapters/dynamodb/batch-get';
import { cancellationCodes } from '#shared/adapters/dynamodb/cancellation';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import {
  decisionItem,
  disputeItem,
  disputeOfItem,
  messageItem,
  messageOfItem,
} from '#shared/adapters/dynamodb/partners/dispute-items';
import { endWrites, filingWrites } from '#shared/adapters/dynamodb/partners/dispute-writes';
import { type OrderDisputeItem, orderDisputeOfItem } from '#shared/adapters/dynamodb/partners/order-disputes';
import {
  CONTRACT_INDEX,
  DISPUTE_MESSAGE_SK_PREFIX,
  disputedOrderKey,
  disputeKey,
  disputePk,
  disputesContractPk,
  disputesOfOrderPk,
  disputesOfPartnerPk,
  FILED_DISPUTE_SK_PREFIX,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { Writes } from '#shared/adapters/dynamodb/transact';
import type { Dispute, DisputeStore } from '#shared/application/partners/dispute-ports';
import { isEnd } from '#shared/domain/partner/dispute';
import { compareText } from '#shared/domain/time/instant';

const openSchema = z.object({ openDisputeId: z.string().optional() });

/**
 * Disputes in the Partners table. Filing takes the order, a seat among the partner's open disputes and one of its day, in
 * one transaction with the dispute; an end gives order and seat back.
 */
export function makeDisputeStore(table: ReadDeps): DisputeStore {
  const { documents, tableName: TableName } = table;
  const find = async (programId: string, disputeId: string): Promise<Dispute | undefined> => {
    const Key = disputeKey(programId, disputeId);
    const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item && disputeOfItem(Item);
  };

  return {
    find,
    async file(dispute, limits) {
      const { programId, partnerId, orderId, disputeId } = dispute;
      try {
        await documents.send(new TransactWriteCommand({ TransactItems: filingWrites(TableName, dispute, limits) }));
        return { outcome: 'filed' };
      } catch (error) {
        const codes = cancellationCodes(error);
        if (!codes) throw error;
        const failed = (index: number): boolean => codes[index] === 'ConditionalCheckFailed';
        if (failed(0)) return { outcome: 'exists', openDisputeId: disputeId };
        if (failed(1)) {
          const Key = disputedOrderKey(programId, partnerId, orderId);
          const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
          const { openDisputeId } = openSchema.parse(Item ?? {});
          return openDisputeId === undefined ? { outcome: 'contended' } : { outcome: 'exists', openDisputeId };
        }
        if (failed(2)) return { outcome: 'too_many_open' };
        return { outcome: failed(3) ? 'too_many_today' : 'contended' };
      }
    },
    async save(dispute, { message, decision } = {}) {
      const put: Writes[number] = {
        Put: {
          TableName,
          Item: disputeItem({ ...dispute, version: dispute.version + 1 }),
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': dispute.version },
        },
      };
      const first = (Item: Record<string, unknown>): Writes[number] => ({
        Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' },
      });
      const items: Writes = [
        put,
        ...(message ? [first(messageItem(dispute, message))] : []),
        ...(decision ? [first(decisionItem(dispute, decision))] : []),
        ...(isEnd(dispute.status) ? endWrites(TableName, dispute) : []),
      ];
      const write =
        items.length === 1 && put.Put
          ? documents.send(new PutCommand(put.Put))
          : documents.send(new TransactWriteCommand({ TransactItems: items }));
      return (await ifConditionHolds(write)) ? 'saved' : 'stale';
    },
    async messages(programId, disputeId) {
      const query = {
        TableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :message)',
        ExpressionAttributeValues: { ':pk': disputePk(programId, disputeId), ':message': DISPUTE_MESSAGE_SK_PREFIX },
        ConsistentRead: true,
      };
      const found = [];
      for await (const item of queryAll(documents, query)) found.push(messageOfItem(item));
      return found;
    },
    async ofOrder(programId, orderId, limit) {
      const query = {
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': disputesOfOrderPk(programId, orderId) },
        ConsistentRead: true,
      };
      const filed: OrderDisputeItem[] = [];
      for await (const item of queryAll(documents, query)) filed.push(orderDisputeOfItem(item));
      const newest = filed.sort((a, b) => compareText(a.filedAt, b.filedAt)).slice(-limit);
      const ids = newest.map(({ disputeId }) => disputeId);
      const found = await byIds(table, programId, ids);
      return ids.flatMap((disputeId) => found.get(disputeId) ?? []);
    },
    async ofPartner(programId, partnerId, { cursor, limit }) {
      const isFiled = (position: string): boolean => position.startsWith(FILED_DISPUTE_SK_PREFIX);
      // `~` sorts after every instant.
      const before = cursor === undefined ? `${FILED_DISPUTE_SK_PREFIX}~` : fromCursor(cursor, isFiled);
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :before',
          ExpressionAttributeValues: {
            ':pk': disputesOfPartnerPk(programId, partnerId),
            ':first': FILED_DISPUTE_SK_PREFIX,
            ':before': before,
          },
          ScanIndexForward: false,
          ConsistentRead: true,
          // One for the cursor's own place, one to know whether a page follows.
          Limit: limit + 2,
        }),
      );
      const positions = Items.map(({ sk }) => String(sk)).filter((sk) => sk !== before);
      const taken = positions.slice(0, limit);
      const ids = taken.map((sk) => sk.slice(sk.lastIndexOf('#') + 1));
      const found = await byIds(table, programId, ids);
      const last = taken.at(-1);
      return {
        items: ids.flatMap((disputeId) => found.get(disputeId) ?? []),
        nextCursor: positions.length > limit && last !== undefined ? toCursor(last) : undefined,
      };
    },
    async list(programId, statuses, { cursor, limit }) {
      const isPosition = (position: string): boolean => statuses.some((status) => position.startsWith(`${status}#`));
      const position = cursor === undefined ? undefined : fromCursor(cursor, isPosition);
      const from = position === undefined ? 0 : statuses.findIndex((status) => position.startsWith(`${status}#`));
      const found: { readonly dispute: Dispute; readonly position: string }[] = [];
      for (const [index, status] of statuses.entries()) {
        if (index < from || found.length > limit) continue;
        const after = index === from && position !== undefined ? position.slice(status.length + 1) : undefined;
        const query = {
          TableName,
          IndexName: CONTRACT_INDEX,
          KeyConditionExpression: after === undefined ? 'contractPk = :pk' : 'contractPk = :pk AND contractSk > :after',
          ExpressionAttributeValues: { ':pk': disputesContractPk(programId, status), ':after': after },
          Limit: limit + 1 - found.length,
        };
        // A page of the index may be full of long texts before it holds as many as are wanted.
        for await (const item of queryAll(documents, query)) {
          found.push({ dispute: disputeOfItem(item), position: `${status}#${String(item.contractSk)}` });
          if (found.length > limit) break;
        }
      }
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map(({ dispute }) => dispute),
        nextCursor: found.length > limit && last ? toCursor(last.position) : undefined,
      };
    },
    async *overdue(programId, now) {
      const query = {
        TableName,
        IndexName: CONTRACT_INDEX,
        KeyConditionExpression: 'contractPk = :pk AND contractSk < :now',
        // One that is due at this very instant is overdue: its key goes on with `#`, which sorts before `$`.
        ExpressionAttributeValues: { ':pk': disputesContractPk(programId, 'open'), ':now': `${now}$` },
      };
      for await (const item of queryAll(documents, query)) yield disputeOfItem(item);
    },
  };
}

async function byIds(
  table: ReadDeps,
  programId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Dispute>> {
  const found = new Map<string, Dispute>();
  const keys = ids.map((disputeId) => disputeKey(programId, disputeId));
  const take = (item: Record<string, unknown>): void => {
    const dispute = disputeOfItem(item);
    found.set(dispute.disputeId, dispute);
  };
  await batchGet(table, keys, take, true);
  return found;
}
