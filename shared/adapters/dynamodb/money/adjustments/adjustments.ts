import { type DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import {
  adjustmentOfItem,
  itemOfAdjustment,
  itemOfProposal,
  recordedOfItem,
} from '#shared/adapters/dynamodb/money/adjustments/adjustment-items';
import {
  adjustedSumKey,
  adjustmentKey,
  adjustmentPeriodKey,
  adjustmentsOfPartner,
  adjustmentsPeriodPk,
  BY_PERIOD_INDEX,
  CONTRACT_INDEX,
  pendingAdjustmentKey,
  pendingAdjustmentsPk,
  pendingThrough,
  proposalKey,
  proposalPeriodKey,
  proposalsPeriodPk,
} from '#shared/adapters/dynamodb/money/money-keys';
import { type TransactItems, writeOnce, writeTogether } from '#shared/adapters/dynamodb/money/money-transaction';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type {
  Adjustment,
  AdjustmentList,
  AdjustmentPlace,
  AdjustmentStore,
  RecordedAdjustment,
} from '#shared/application/payouts/adjustments/adjustment-ports';
import { directionOf, roomBefore, sizeOf } from '#shared/domain/ledger/adjustment';

type Write = TransactItems[number];

/**
 * Adjustments: facts are written once, and a wrong one is answered by another. A fact that needs a second person is a
 * proposal first, an item beside it that pays nothing.
 */
export function makeAdjustments(deps: { documents: DynamoDBDocumentClient; tableName: string }): AdjustmentStore {
  const { documents, tableName } = deps;

  const find = async (programId: string, adjustmentId: string): Promise<Adjustment | undefined> => {
    const { Items = [] } = await documents.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': adjustmentKey(programId, adjustmentId).pk },
        ConsistentRead: true,
      }),
    );
    // The fact sorts before its proposal and is what holds.
    return Items[0] && adjustmentOfItem(Items[0]);
  };
  const factsOf = (programId: string, period: string, prefix: string): AsyncIterable<Record<string, unknown>> =>
    queryAll(documents, {
      TableName: tableName,
      IndexName: BY_PERIOD_INDEX,
      KeyConditionExpression: `periodPk = :pk${prefix ? ' AND begins_with(periodSk, :prefix)' : ''}`,
      ExpressionAttributeValues: {
        ':pk': adjustmentsPeriodPk(programId, period as RecordedAdjustment['period']),
        ...(prefix ? { ':prefix': prefix } : {}),
      },
    });
  const people = async (
    programId: string,
    period: string,
    of: (adjustment: RecordedAdjustment) => readonly (string | undefined)[],
  ): Promise<ReadonlySet<string>> => {
    const found = new Set<string>();
    for await (const item of factsOf(programId, period, '')) {
      for (const id of of(recordedOfItem(item))) if (id !== undefined) found.add(id);
    }
    return found;
  };

  return {
    find,
    async record(programId, adjustment, limitMinor) {
      const sum = addToSum(tableName, programId, adjustment, limitMinor);
      if (!sum) return (await find(programId, adjustment.adjustmentId)) ? 'exists' : 'above_limit';
      const stored = await writeOnce(documents, [
        putFact(tableName, programId, adjustment),
        mustNotExist(tableName, proposalKey(programId, adjustment.adjustmentId)),
        sum,
      ]);
      if (stored === 'applied') return 'recorded';
      if (stored === 'contended') return 'contended';
      return (await find(programId, adjustment.adjustmentId)) ? 'exists' : 'above_limit';
    },
    async propose(programId, proposal) {
      const Item = itemOfProposal(programId, proposal);
      const stored = await writeTogether(documents, [
        { Put: { TableName: tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } },
        mustNotExist(tableName, adjustmentKey(programId, proposal.adjustmentId)),
      ]);
      return stored === 'applied';
    },
    async decide(programId, { adjustmentId }, decision, recorded) {
      const stored = await writeOnce(documents, [
        {
          Update: {
            TableName: tableName,
            Key: proposalKey(programId, adjustmentId),
            UpdateExpression: 'SET #status = :status, decision = :decision REMOVE contractPk, contractSk',
            ConditionExpression: '#status = :proposed',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: {
              ':status': recorded ? 'recorded' : 'declined',
              ':decision': decision,
              ':proposed': 'proposed',
            },
          },
        },
        ...(recorded ? [putFact(tableName, programId, recorded)] : []),
      ]);
      return stored === 'applied' ? 'stored' : 'contended';
    },
    async list(programId, list, { after, limit }) {
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({ TableName: tableName, Limit: limit, ...queryOf(programId, list, after) }),
      );
      return { items: Items.map(adjustmentOfItem), more: LastEvaluatedKey !== undefined };
    },
    async ofPartner(programId, partnerId, period) {
      const found: RecordedAdjustment[] = [];
      for await (const item of factsOf(programId, period, adjustmentsOfPartner(partnerId))) {
        found.push(recordedOfItem(item));
      }
      return found;
    },
    async *ofPeriod(programId, period) {
      for await (const item of factsOf(programId, period, '')) yield recordedOfItem(item);
    },
    makers: (programId, period) => people(programId, period, ({ recordedBy, onBehalfOf }) => [recordedBy, onBehalfOf]),
  };
}

function putFact(tableName: string, programId: string, adjustment: RecordedAdjustment): Write {
  const Item = itemOfAdjustment(programId, adjustment);
  return { Put: { TableName: tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
}

function mustNotExist(tableName: string, key: { readonly pk: string; readonly sk: string }): Write {
  return { ConditionCheck: { TableName: tableName, Key: key, ConditionExpression: 'attribute_not_exists(pk)' } };
}

/**
 * Adds to what the maker recorded alone, unless that would pass the limit: a counter, so that many at one moment cannot pass
 * it together. `undefined` when the adjustment is above the limit by itself.
 */
function addToSum(
  tableName: string,
  programId: string,
  adjustment: RecordedAdjustment,
  limitMinor: bigint | undefined,
): Write | undefined {
  const room = limitMinor === undefined ? undefined : roomBefore(adjustment.amountMinor, limitMinor);
  if (limitMinor !== undefined && room === undefined) return undefined;
  const maker = adjustment.onBehalfOf ?? adjustment.recordedBy;
  return {
    Update: {
      TableName: tableName,
      Key: adjustedSumKey(programId, { ...adjustment, maker, direction: directionOf(adjustment) }),
      UpdateExpression: 'SET #type = :type ADD sumMinor :size',
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: {
        ':type': 'adjusted_sum',
        ':size': sizeOf(adjustment.amountMinor),
        ...(room === undefined ? {} : { ':room': room }),
      },
      ...(room === undefined ? {} : { ConditionExpression: 'attribute_not_exists(sumMinor) OR sumMinor <= :room' }),
    },
  };
}

/** An index wants its own key and the table's to go on after an item. */
function queryOf(
  programId: string,
  list: AdjustmentList,
  after: AdjustmentPlace | undefined,
): Partial<QueryCommandInput> {
  if (list.of === 'pending') {
    const through = list.throughPeriod;
    return {
      IndexName: CONTRACT_INDEX,
      KeyConditionExpression: `contractPk = :pk${through ? ' AND contractSk <= :through' : ''}`,
      ExpressionAttributeValues: {
        ':pk': pendingAdjustmentsPk(programId),
        ...(through ? { ':through': pendingThrough(through) } : {}),
      },
      ExclusiveStartKey: after && {
        ...proposalKey(programId, after.adjustmentId),
        ...pendingAdjustmentKey(programId, after),
      },
    };
  }
  const { period, partnerId } = list;
  const isFact = list.of === 'recorded';
  const key = isFact ? adjustmentKey : proposalKey;
  const periodKey = isFact ? adjustmentPeriodKey : proposalPeriodKey;
  return {
    IndexName: BY_PERIOD_INDEX,
    KeyConditionExpression: `periodPk = :pk${partnerId ? ' AND begins_with(periodSk, :prefix)' : ''}`,
    ExpressionAttributeValues: {
      ':pk': isFact ? adjustmentsPeriodPk(programId, period) : proposalsPeriodPk(programId, period),
      ...(partnerId ? { ':prefix': adjustmentsOfPartner(partnerId) } : {}),
    },
    ExclusiveStartKey: after && { ...key(programId, after.adjustmentId), ...periodKey(programId, period, after) },
  };
}
