import { requireFreshLogin } from '#shared/application/partners/payee-rights';
import type { ProgramStore } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import type { PayoutRules } from '#shared/application/programs';
import type { EpochMs } from '#shared/domain/time/instant';
import type { ChangePayoutPolicy } from './change-payout-policy.ts';
import { makeGetProgram } from './get-program.ts';

/** What keeps a stolen token or an open screen from leading money elsewhere. */
const GUARDS = [
  'freshLoginMinutes',
  'payeeCooldownHours',
  'partnerRails',
  'requiredAbove',
  'freshSignInAboveMinor',
  'alsoExcluded',
  'source',
] as const satisfies readonly (keyof PayoutRules)[];

/**
 * Changes the policy; who must approve, by which account is paid, and the rules that guard bank details, only for who signed in a
 * short time ago, by the rule that holds so far: whoever they hold off could otherwise take them away first.
 * @throws Failure login_not_fresh, and what the change itself throws
 */
export function makeGuardPolicyChange(deps: {
  readonly programs: Pick<ProgramStore, 'get'>;
  readonly change: ChangePayoutPolicy;
  readonly clock: Clock;
}): (
  input: Parameters<ChangePayoutPolicy>[0] & {
    /** When the person proved who they are. */
    readonly signedInAt?: EpochMs | number | undefined;
  },
) => ReturnType<ChangePayoutPolicy> {
  const getProgram = makeGetProgram(deps);
  return async ({ signedInAt, ...input }) => {
    const { approvals, payouts: rules } = input.policy;
    if (approvals !== undefined || GUARDS.some((name) => rules?.[name] !== undefined)) {
      const { payouts } = await getProgram(input.programId);
      requireFreshLogin({ signedInAt }, payouts.freshLoginMinutes, deps.clock());
    }
    return deps.change(input);
  };
}
