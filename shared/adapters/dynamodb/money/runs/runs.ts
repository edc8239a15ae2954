import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import {
  decisionKey,
  isRunSk,
  RUN_SK_PREFIX,
  runKey,
  runsOfPeriod,
  runsPk,
  taskTokenKey,
} from '#shared/adapters/dynamodb/money/money-keys';
import { runOfItem } from '#shared/adapters/dynamodb/money/runs/run-item';
import { beginWaitWrite, remindWrite } from '#shared/adapters/dynamodb/money/runs/run-waits';
import { decideWrites, endWrites, openWrites } from '#shared/adapters/dynamodb/money/runs/run-writes';
import type { PayoutRuns } from '#shared/application/payouts/ports';
import { parseRunId } from '#shared/domain/ledger/money-ids';
import { statusesBefore } from '#shared/domain/run/payout-run';

const requestSchema = z.object({ requestId: z.string(), resumedBy: z.array(z.string()).default([]) });
const tokenSchema = z.object({ token: z.string() });

/** Payout runs. A programme's runs are one partition, so that every read of them is consistent. */
export function makeRuns(deps: { documents: DynamoDBDocumentClient; tableName: string }): PayoutRuns {
  const { documents, tableName } = deps;

  const item = async (key: Record<string, string>): Promise<unknown> => {
    const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
    return Item;
  };
  const transact = (writes: readonly Record<string, unknown>[]): Promise<boolean> =>
    ifConditionHolds(documents.send(new TransactWriteCommand({ TransactItems: [...writes] })));
  const hasRequest = (found: unknown, requestId: string): boolean => {
    const known = requestSchema.safeParse(found).data;
    return known?.requestId === requestId || known?.resumedBy.includes(requestId) === true;
  };

  return {
    async get(programId, runId) {
      if (!parseRunId(runId)) return undefined;
      const found = await item(runKey(programId, runId));
      return found === undefined ? undefined : runOfItem(found);
    },
    async list(programId, { cursor, limit }) {
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
          ExpressionAttributeValues: {
            ':pk': runsPk(programId),
            ':first': RUN_SK_PREFIX,
            ':last': `${RUN_SK_PREFIX}~`,
          },
          ExclusiveStartKey: cursor ? { pk: runsPk(programId), sk: fromCursor(cursor, isRunSk) } : undefined,
          ScanIndexForward: false,
          Limit: limit,
          ConsistentRead: true,
        }),
      );
      const items = Items.map(runOfItem);
      const last = items.at(-1);
      return LastEvaluatedKey && last ? { items, nextCursor: toCursor(runKey(programId, last.runId).sk) } : { items };
    },
    async latestOf(programId, period) {
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': runsPk(programId), ':prefix': runsOfPeriod(period) },
          ScanIndexForward: false,
          Limit: 1,
          ConsistentRead: true,
        }),
      );
      return Items[0] && runOfItem(Items[0]);
    },
    open: (run, requestId, closedThroughBefore, after) =>
      transact(openWrites(tableName, run, requestId, closedThroughBefore, after)),
    openedByRequest: async (programId, runId, requestId) => hasRequest(await item(runKey(programId, runId)), requestId),
    advance(programId, runId, to, learnt = {}) {
      const allowed = [...statusesBefore(to), to];
      const fields = Object.entries(learnt).filter(([, value]) => value !== undefined);
      return ifConditionHolds(
        documents.send(
          new UpdateCommand({
            TableName: tableName,
            Key: runKey(programId, runId),
            UpdateExpression: `SET ${['#status = :to', ...fields.map(([name]) => `#${name} = :${name}`)].join(', ')}`,
            ConditionExpression: `#status IN (${allowed.map((_, index) => `:s${index}`).join(', ')})`,
            ExpressionAttributeNames: {
              '#status': 'status',
              ...Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
            },
            ExpressionAttributeValues: {
              ':to': to,
              ...Object.fromEntries(allowed.map((status, index) => [`:s${index}`, status])),
              ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
            },
          }),
        ),
      );
    },
    endUnpaid: (run, to, failure) => transact(endWrites(tableName, run, to, failure)),
    failPaid(run, failure) {
      return ifConditionHolds(
        documents.send(
          new UpdateCommand({
            TableName: tableName,
            Key: runKey(run.programId, run.runId),
            UpdateExpression: 'SET #status = :failed, failures = list_append(failures, :failure)',
            ConditionExpression: '#status = :seen AND decision = :approve',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: {
              ':failed': 'failed',
              ':seen': run.status,
              ':approve': 'approve',
              ':failure': [{ ...failure, during: run.status }],
            },
          }),
        ),
      );
    },
    resume(run, requestId) {
      return ifConditionHolds(
        documents.send(
          new UpdateCommand({
            TableName: tableName,
            Key: runKey(run.programId, run.runId),
            UpdateExpression:
              'SET #status = :posting, #execution = :next, resumedBy = list_append(if_not_exists(resumedBy, :none), :by)',
            ConditionExpression: '#status = :failed AND decision = :approve AND #execution = :seen',
            ExpressionAttributeNames: { '#status': 'status', '#execution': 'execution' },
            ExpressionAttributeValues: {
              ':posting': 'posting',
              ':failed': 'failed',
              ':approve': 'approve',
              ':seen': run.execution,
              ':next': run.execution + 1,
              ':none': [],
              ':by': [requestId],
            },
          }),
        ),
      );
    },
    decide: (run, decision) => transact(decideWrites(tableName, run, decision)),
    decidedByRequest: async (programId, runId, principalId, requestId) =>
      hasRequest(await item(decisionKey(programId, runId, principalId)), requestId),
    beginWait: (programId, runId, times) =>
      ifConditionHolds(documents.send(new UpdateCommand(beginWaitWrite(tableName, programId, runId, times)))),
    remind: (run, reminder) =>
      ifConditionHolds(documents.send(new UpdateCommand(remindWrite(tableName, run, reminder)))),
    async keepTaskToken(programId, runId, token) {
      await documents.send(
        new PutCommand({
          TableName: tableName,
          Item: { ...taskTokenKey(programId, runId), type: 'task_token', token },
        }),
      );
    },
    async taskToken(programId, runId) {
      const found = await item(taskTokenKey(programId, runId));
      return found === undefined ? undefined : tokenSchema.parse(found).token;
    },
  };
}
