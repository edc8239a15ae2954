import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ApiProblem } from '#infra/api-client';
import { approveRun, waitForRun } from '#infra/local/demo/runs';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme, aSale, closePeriod, IBAN_OF_TESTS, reviewedRun } from '#test/support/programme';

type Hold = { orderId: string; status: string; period: string; signals: { code: string }[]; customerId?: string };
type Run = { runId: string; anomalies: Record<string, unknown>[] };

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

let stack: SharedStack;
let path: string;
let programId: string;

beforeAll(async () => {
  stack = await sharedLocalStack();
  programId = await aProgramme(stack.as('admin'));
  path = `/v1/programs/${programId}`;
  await aPartner(stack.as('partner_manager'), programId, 'p1');
});

const problemOf = async (attempt: Promise<unknown>): Promise<unknown[]> => {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ApiProblem);
  const { status, code } = error as ApiProblem;
  return [status, code];
};
/** A sale that the partner paid from its own account. */
const suspicious = (orderId: string, overrides: Record<string, unknown> = {}) =>
  aSale(stack.as('merchant_key'), programId, orderId, 10_000, {
    partnerId: 'p1',
    paymentHash: sha256(IBAN_OF_TESTS),
    ...overrides,
  });
const decide = (who: Parameters<SharedStack['as']>[0], orderId: string, decision = 'release'): Promise<Hold> =>
  stack.as(who).post(`${path}/holds/${orderId}/decisions`, { decision, reason: 'Looked at the order' });
const earnedIn = async (period: string): Promise<number[]> => {
  const statements = await stack.as('finance').list<{ earnedMinor: number }>(`${path}/statements?period=${period}`);
  return statements.map(({ earnedMinor }) => earnedMinor);
};

describe('a sale that is held for review', () => {
  it('is recorded, earns nothing yet, and its customer is known by a hash alone', async () => {
    const sale = await suspicious('o1', { customerId: 'Kim@Customers.example' });
    expect(sale).toMatchObject({ period: '2026-01', outcome: 'earns_nothing', earnsNothing: 'fraud_hold' });
    expect(sale).toMatchObject({ customerId: sha256('kim@customers.example'), signals: [{ code: 'self_referral' }] });
    const open = await stack.as('partner_manager').list<Hold>(`${path}/holds`);
    expect(open.map(({ orderId, status }) => [orderId, status])).toEqual([['o1', 'open']]);
    const explained = await stack
      .as('finance')
      .get<{ review: { status: string; sentence: string } }>(`${path}/conversions/o1/explanation`);
    expect(explained.review).toMatchObject({ status: 'open', sentence: expect.stringContaining('the account') });
    expect(await problemOf(decide('merchant_key', 'o1'))).toEqual([403, 'forbidden']);
    expect(await problemOf(decide('admin_key', 'o1'))).toEqual([403, 'person_required']);
  });

  it('stays out of the month that closes, which shows it to the approvers', async () => {
    const { runId } = await closePeriod(stack, programId, '2026-01');
    expect(await earnedIn('2026-01')).toEqual([0]);
    const { anomalies } = await stack.as('finance').get<Run>(`${path}/payout-runs/${runId}`);
    const held = { kind: 'sales_held', currency: 'GBP', partnerId: 'p1', count: 1, amountMinor: 10_000 };
    expect(anomalies).toContainEqual({ ...held, reasons: ['self_referral'] });
  });

  it('is released into the first open month, once', async () => {
    expect(await decide('partner_manager', 'o1')).toMatchObject({ status: 'released', period: '2026-02' });
    expect(await problemOf(decide('admin', 'o1', 'void'))).toEqual([409, 'hold_refused']);
    await suspicious('o2', { occurredAt: '2026-02-10T12:00:00Z' });
    await suspicious('o3', { occurredAt: '2026-02-11T12:00:00Z' });
    expect(await decide('admin', 'o2')).toMatchObject({ status: 'released', period: '2026-02' });
    expect(await decide('partner_manager', 'o3', 'void')).toMatchObject({ status: 'voided' });
  });

  it('is paid in that month by others than who released it, and the proof agrees', async () => {
    const run = await reviewedRun(stack, programId, '2026-02');
    expect(await problemOf(approveRun(stack.as('admin'), programId, run))).toEqual([403, 'approver_excluded']);
    await approveRun(stack.as('approver'), programId, run);
    await approveRun(stack.as('approver2'), programId, run);
    await waitForRun(stack.as('finance'), programId, run.runId, ['completed', 'completed_with_failures']);
    // Two shares of a tenth and two first purchases; nothing of the voided sale.
    expect(await earnedIn('2026-02')).toEqual([3_000]);
    expect(await earnedIn('2026-01')).toEqual([0]);
    const proof = spawnSync(
      process.execPath,
      [join(import.meta.dirname, '../../infra/verify.ts'), '--program', programId, '--data', stack.dataDir],
      { encoding: 'utf8' },
    );
    expect(proof.stdout + proof.stderr).toContain('all equal');
  });
});
