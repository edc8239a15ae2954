import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePrograms } from '#shared/adapters/dynamodb/money/programs/programs';
import { makeChangePayoutPolicy } from '#shared/application/payouts/programs/change-payout-policy';
import { DEFAULT_PAYOUT_RULES } from '#shared/application/programs';
import { aProgramme, instant } from '#test/support/builders/runs';
import { makeFakeMoney } from '#test/support/fakes/money';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table?.stop());

const NOW = '2026-03-01T10:00:00Z';
const clock = (): number => Date.parse(NOW);

describe.each([
  ['on the engine', () => makePrograms(table)],
  ['in memory', () => makeFakeMoney().programs],
] as const)('the payout policy %s', (name, make) => {
  const programId = `policy-${name.replaceAll(' ', '-')}`;

  it('is changed rule by rule, and two people who change different ones at one moment both count', async () => {
    const programs = make();
    await programs.create(aProgramme({ programId, approvals: { required: 2, extraApproverAboveMinor: 500n } }));
    const change = makeChangePayoutPolicy({ programs, clock });
    const requiredAbove = [{ aboveMinor: 9_000_000_000_000n, required: 3 }];
    await Promise.all([
      change({ programId, policy: { payouts: { requiredAbove } }, by: 'person:a' }),
      change({ programId, policy: { approvals: { required: 1 }, payouts: { expiryHours: 200 } }, by: 'person:b' }),
    ]);
    expect(await programs.get(programId)).toMatchObject({
      approvals: { required: 1, extraApproverAboveMinor: 500n },
      payouts: { ...DEFAULT_PAYOUT_RULES, requiredAbove, expiryHours: 200 },
      policyVersion: 2,
    });

    const patch = { approvals: { extraApproverAboveMinor: null }, payouts: { requiredAbove: null } };
    const back = await change({ programId, policy: patch, by: 'person:a' });
    expect(back.approvals).toEqual({ required: 1 });
    expect(back.payouts).toEqual({ ...DEFAULT_PAYOUT_RULES, expiryHours: 200 });
    const same = await change({ programId, policy: { payouts: { expiryHours: 200 } }, by: 'person:a' });
    expect(same.policyVersion).toBe(3);
    const changes = await programs.policyChanges(programId, instant(NOW));
    expect(changes.map(({ version, before }) => [version, before.payouts.requiredAbove.length])).toEqual([
      [1, 0],
      [2, changes[0]?.by === 'person:a' ? 1 : 0],
      [3, 1],
    ]);
  });

  it('refuses a reminder that would come after the expiry, and names it', async () => {
    const programs = make();
    const id = `${programId}-late`;
    await programs.create(aProgramme({ programId: id }));
    const change = makeChangePayoutPolicy({ programs, clock });
    const policy = { payouts: { reminderHours: [10, 48], expiryHours: 48 } };
    await expect(change({ programId: id, policy, by: 'person:a' })).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '/payouts/reminderHours/1', rule: 'must be below 48' }],
    });
    const sooner = { payouts: { expiryHours: 100 } };
    await expect(change({ programId: id, policy: sooner, by: 'person:a' })).rejects.toMatchObject({
      errors: [
        {
          pointer: '/payouts/expiryHours',
          rule: 'must be above 168, the last of the reminderHours; or send those too',
        },
      ],
    });
    expect((await programs.get(id))?.policyVersion).toBe(0);
  });
});
