import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { isRunBeforeRecords } from '#shared/adapters/dynamodb/money/audit/audit-run-effects';
import { auditEffectsOfRecord } from '#shared/adapters/dynamodb/money/audit/audit-stream';
import { itemOfRun } from '#shared/adapters/dynamodb/money/runs/run-item';
import { decisionTimes } from '#shared/domain/run/decision-times';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { aRun, aRunToDecide, HASH, instant } from '#test/support/builders/runs';

const imageOf = (run: PayoutRun) => marshall(itemOfRun(run, 'r1'), { removeUndefinedValues: true });
const effectsOf = (after: PayoutRun, before?: PayoutRun) =>
  auditEffectsOfRecord({
    dynamodb: { NewImage: imageOf(after), ...(before ? { OldImage: imageOf(before) } : {}) },
  } as DynamoDBRecord);

const SINCE = instant('2026-02-01T08:00:00Z');
const waiting = aRunToDecide({
  policyVersion: 3,
  decisionTimes: decisionTimes({ reminderHours: [72, 168], expiryHours: 336 }, SINCE),
});
const first = { afterHours: 72, at: instant('2026-02-04T08:00:00Z'), approvals: 1 };
const second = { afterHours: 168, at: instant('2026-02-08T08:00:00Z'), approvals: 1 };

describe('what a run tells the audit chain', () => {
  it('is its opening, with who opened it and the person behind an API key', () => {
    const byKey = aRun({ openedBy: 'key:k1', onBehalfOf: 'person:admin' });
    expect(effectsOf(byKey)).toEqual([
      {
        kind: 'run.opened',
        programId: 'acme',
        subjectId: '2026-01.1',
        occurredAt: '2026-02-01T08:00:00.000Z',
        recordedBy: 'key:k1',
        content: {
          runId: '2026-01.1',
          period: '2026-01',
          attempt: 1,
          openedBy: 'key:k1',
          onBehalfOf: 'person:admin',
          openedAt: '2026-02-01T08:00:00.000Z',
        },
      },
    ]);
    expect(effectsOf({ ...byKey, status: 'computing' }, byKey)).toEqual([]);
  });

  it('is each reminder once', () => {
    const reminded = { ...waiting, reminders: [first] };
    expect(effectsOf(reminded, waiting)).toMatchObject([
      { kind: 'run.reminded', subjectId: '2026-01.1~72', occurredAt: first.at, content: first },
    ]);
    const again = { ...waiting, reminders: [first, second] };
    expect(effectsOf(again, reminded).map(({ subjectId }) => subjectId)).toEqual(['2026-01.1~168']);
    expect(effectsOf({ ...again, status: 'posting', decision: 'approve' }, again)).toEqual([]);
  });

  it('is its expiry, with what was asked of whom and who had approved', () => {
    const given = [{ by: 'person:a', at: SINCE, decision: 'approve' as const }];
    const at = instant('2026-02-15T08:00:01Z');
    const failures = [{ at, during: 'awaiting_decision' as const, reason: 'late' }];
    const before = { ...waiting, given };
    expect(effectsOf({ ...before, status: 'expired', failures }, before)).toMatchObject([
      {
        kind: 'run.expired',
        subjectId: '2026-01.1',
        occurredAt: at,
        recordedBy: 'system:payout-run',
        content: { contentHash: HASH, approvalsRequired: 2, policyVersion: 3, given, at },
      },
    ]);
  });

  it('may be missing of a run from before there were such records', () => {
    const { isRecorded: _, ...older } = itemOfRun(aRun(), 'r1');
    expect([older, itemOfRun(aRun(), 'r1')].map(isRunBeforeRecords)).toEqual([true, false]);
  });
});
