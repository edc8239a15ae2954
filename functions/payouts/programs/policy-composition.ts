import { changePolicy, clock, programs } from '#functions/payouts/composition';
import { makeGuardPolicyChange } from '#shared/application/payouts/programs/guard-policy-change';

export const changeGuarded = makeGuardPolicyChange({ programs, change: changePolicy, clock });
