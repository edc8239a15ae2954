import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { runKey } from '#shared/adapters/dynamodb/money/money-keys';
import type { DecisionTimes, RunReminder } from '#shared/domain/run/decision-times';
import type { PayoutRun } from '#shared/domain/run/payout-run';

/** Fixes until when a run waits for its decision. The first times stand: a repeat comes later. */
export function beginWaitWrite(
  tableName: string,
  programId: string,
  runId: string,
  times: DecisionTimes,
): UpdateCommandInput {
  return {
    TableName: tableName,
    Key: runKey(programId, runId),
    UpdateExpression: 'SET decisionTimes = if_not_exists(decisionTimes, :times)',
    ConditionExpression: '#status IN (:summarising, :awaiting)',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':times': times, ':summarising': 'summarising', ':awaiting': 'awaiting_decision' },
  };
}

/**
 * Appends a reminder to a run that waits as it was seen. The numbers of reminders and decisions make two writers take turns, so that
 * each reminder comes once and none behind a decision.
 */
export function remindWrite(tableName: string, run: PayoutRun, reminder: RunReminder): UpdateCommandInput {
  const seen = run.reminders?.length ?? 0;
  const isSeen = seen === 0 ? 'attribute_not_exists(reminders)' : 'size(reminders) = :seen';
  return {
    TableName: tableName,
    Key: runKey(run.programId, run.runId),
    UpdateExpression: 'SET reminders = list_append(if_not_exists(reminders, :none), :reminder)',
    ConditionExpression: `#status = :awaiting AND attribute_not_exists(decision) AND size(given) = :given AND ${isSeen}`,
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':none': [],
      ':reminder': [reminder],
      ':awaiting': 'awaiting_decision',
      ':given': run.given.length,
      ...(seen === 0 ? {} : { ':seen': seen }),
    },
  };
}
