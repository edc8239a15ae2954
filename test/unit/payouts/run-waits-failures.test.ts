import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { itemOfRun } from '#shared/adapters/dynamodb/money/runs/run-item';
import { makeRuns } from '#shared/adapters/dynamodb/money/runs/runs';
import { makeRemindApprovers } from '#shared/application/payouts/runs/remind-approvers';
import { aProgramme, aRunToDecide, instant } from '#test/support/builders/runs';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const table = mockClient(documents);
const runs = makeRuns({ documents, tableName: 'Money' });
const times = {
  since: instant('2026-02-01T08:00:00Z'),
  reminderHours: [72],
  expiresAt: instant('2026-02-15T08:00:00Z'),
};
const waiting = aRunToDecide({ decisionTimes: times });
const remind = makeRemindApprovers({
  programs: { get: async () => aProgramme(), policyChanges: async () => [] },
  runs,
  clock: () => Date.parse('2026-02-04T08:00:00Z'),
});
const refused = new ConditionalCheckFailedException({ message: 'no', $metadata: {} });

describe('reminding when the table does not answer as it should', () => {
  beforeEach(() => {
    table.reset();
    table.on(GetCommand).resolves({ Item: itemOfRun(waiting, 'r1') });
  });

  it('passes a fault on, so that the task is repeated', async () => {
    table.on(UpdateCommand).rejects(new Error('throttled'));
    await expect(remind({ programId: 'acme', runId: waiting.runId })).rejects.toThrow('throttled');
    await expect(runs.beginWait('acme', waiting.runId, times)).rejects.toThrow('throttled');
  });

  it('sees what was written when its answer was lost, and writes nothing again', async () => {
    const reminders = [{ afterHours: 72, at: instant('2026-02-04T08:00:00Z'), approvals: 0 }];
    table.on(UpdateCommand).rejects(refused);
    table
      .on(GetCommand)
      .resolvesOnce({ Item: itemOfRun(waiting, 'r1') })
      .resolves({ Item: itemOfRun({ ...waiting, reminders }, 'r1') });
    expect(await remind({ programId: 'acme', runId: waiting.runId })).toMatchObject({ next: 'wait' });
    expect(table.commandCalls(UpdateCommand)).toHaveLength(1);
  });

  it('gives up on a run that others change each time', async () => {
    table.on(UpdateCommand).rejects(refused);
    await expect(remind({ programId: 'acme', runId: waiting.runId })).rejects.toThrow('changes too often');
    expect(table.commandCalls(UpdateCommand)).toHaveLength(4);
  });
});
