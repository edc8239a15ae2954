import { expect, it } from 'vitest';
import { makeChangePayoutPolicy, type PolicyPatch } from '#shared/application/payouts/programs/change-payout-policy';
import { makeGuardPolicyChange } from '#shared/application/payouts/programs/guard-policy-change';
import { aProgramme } from '#test/support/builders/runs';
import { makeFakeMoney } from '#test/support/fakes/money';

const NOW = Date.parse('2026-03-01T10:00:00Z');
const MINUTE = 60_000;

it('what guards payments and bank details is changed by who signed in a short time ago, by the rule that holds so far', async () => {
  const { programs } = makeFakeMoney();
  const { programId } = aProgramme();
  await programs.create(aProgramme());
  const clock = () => NOW;
  const guarded = makeGuardPolicyChange({ programs, change: makeChangePayoutPolicy({ programs, clock }), clock });
  const change = (payouts: PolicyPatch['payouts'], signedInAt?: number) =>
    guarded({ programId, policy: { payouts }, by: 'person:admin', signedInAt });

  for (const guard of [{ freshLoginMinutes: 1440 }, { payeeCooldownHours: 0 }, { payeeCooldownHours: null }]) {
    await expect(change(guard)).rejects.toMatchObject({ code: 'login_not_fresh' });
    await expect(change(guard, NOW - 16 * MINUTE)).rejects.toMatchObject({ code: 'login_not_fresh' });
  }
  for (const policy of [
    { approvals: { required: 1 } },
    { payouts: { requiredAbove: null } },
    { payouts: { alsoExcluded: [] } },
    { payouts: { freshSignInAboveMinor: null } },
    { payouts: { partnerRails: null } },
    { payouts: { source: null } },
  ]) {
    const stale = { programId, policy, by: 'person:admin', signedInAt: NOW - 16 * MINUTE };
    await expect(guarded(stale)).rejects.toMatchObject({ code: 'login_not_fresh' });
  }
  expect((await change({ expiryHours: 400 })).policyVersion).toBe(1);
  expect((await change({ freshLoginMinutes: 20, payeeCooldownHours: 0 }, NOW - 15 * MINUTE)).policyVersion).toBe(2);
  expect((await change({ payeeCooldownHours: 1 }, NOW - 20 * MINUTE)).payouts.payeeCooldownHours).toBe(1);
});
