import { decisionKey, programKey, runKey } from '#shared/adapters/dynamodb/money/money-keys';
import { itemOfRun } from '#shared/adapters/dynamodb/money/runs/run-item';
import type { Writes } from '#shared/adapters/dynamodb/transact';
import type { DecisionToStore } from '#shared/application/payouts/ports';
import { OVER_STATUSES, type PayoutRun, statusesBefore } from '#shared/domain/run/payout-run';
import { previousPeriod } from '#shared/domain/time/calendar';
import type { Instant, Period } from '#shared/domain/time/instant';

/** The transactions in which a run and its programme's books move together. */
type Write = Writes[number];

function moveBooks(tableName: string, programId: string, from: Period, to: Period): Write {
  return {
    Update: {
      TableName: tableName,
      Key: programKey(programId),
      UpdateExpression: 'SET closedThrough = :to',
      ConditionExpression: 'closedThrough = :from',
      ExpressionAttributeValues: { ':from': from, ':to': to },
    },
  };
}

/** Creates the run and closes its period, unless the run `after` of the period before is not over. */
export function openWrites(
  tableName: string,
  run: PayoutRun,
  requestId: string,
  closedThroughBefore: Period,
  after: string | undefined,
): Writes {
  return [
    ...(after === undefined ? [] : [mustBeOver(tableName, run.programId, after)]),
    {
      Put: {
        TableName: tableName,
        Item: itemOfRun(run, requestId),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    moveBooks(tableName, run.programId, closedThroughBefore, run.period),
  ];
}

function mustBeOver(tableName: string, programId: string, runId: string): Write {
  return {
    ConditionCheck: {
      TableName: tableName,
      Key: runKey(programId, runId),
      ConditionExpression: `#status IN (${OVER_STATUSES.map((_, index) => `:s${index}`).join(', ')})`,
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: Object.fromEntries(OVER_STATUSES.map((status, index) => [`:s${index}`, status])),
    },
  };
}

/** Ends the run and reopens its period. */
export function endWrites(
  tableName: string,
  run: PayoutRun,
  to: 'expired' | 'failed',
  failure: { readonly at: Instant; readonly reason: string },
): Writes {
  const allowed = statusesBefore(to);
  return [
    {
      Update: {
        TableName: tableName,
        Key: runKey(run.programId, run.runId),
        UpdateExpression: 'SET #status = :to, failures = list_append(failures, :failure)',
        ConditionExpression: `#status IN (${allowed.map((_, index) => `:s${index}`).join(', ')}) AND attribute_not_exists(decision)`,
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':to': to,
          ':failure': [{ ...failure, during: run.status }],
          ...Object.fromEntries(allowed.map((status, index) => [`:s${index}`, status])),
        },
      },
    },
    moveBooks(tableName, run.programId, run.period, previousPeriod(run.period)),
  ];
}

/**
 * Appends a person's decision and counts it on the run, both or neither. The condition on the number of decisions given
 * makes two approvers at the same moment take turns. A rejection reopens the period in the same step.
 */
export function decideWrites(tableName: string, run: PayoutRun, decision: DecisionToStore): Writes {
  const { given, completes } = decision;
  const status = completes === undefined ? 'awaiting_decision' : completes === 'approve' ? 'posting' : 'rejected';
  return [
    {
      Put: {
        TableName: tableName,
        Item: {
          ...decisionKey(run.programId, run.runId, given.by),
          type: 'decision',
          programId: run.programId,
          runId: run.runId,
          contentHash: decision.contentHash,
          requestId: decision.requestId,
          holds: decision.holds,
          ...given,
        },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    {
      Update: {
        TableName: tableName,
        Key: runKey(run.programId, run.runId),
        UpdateExpression: `SET given = :given, holds = :holds, #status = :status${completes ? ', decision = :decision' : ''}`,
        ConditionExpression: '#status = :awaiting AND contentHash = :hash AND size(given) = :seen',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':given': decision.all,
          ':holds': decision.holds,
          ':status': status,
          ':awaiting': 'awaiting_decision',
          ':hash': decision.contentHash,
          ':seen': run.given.length,
          ...(completes ? { ':decision': completes } : {}),
        },
      },
    },
    ...(completes === 'reject' ? [moveBooks(tableName, run.programId, run.period, previousPeriod(run.period))] : []),
  ];
}
