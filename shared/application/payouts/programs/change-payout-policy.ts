import { Failure } from '#shared/application/failure';
import type { ProgramStore } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import type { ApprovalPolicy, PayoutPolicy, PayoutRules, Program } from '#shared/application/programs';
import { DEFAULT_PAYOUT_RULES } from '#shared/application/programs';
import { toInstant } from '#shared/domain/time/instant';
import { makeGetProgram } from './get-program.ts';

/** A lost race is looked at again, so that two changes of different rules both count. */
const MAX_LOOKS = 4;

type Patch<T> = { readonly [K in keyof T]?: T[K] | null | undefined };

/** What is absent stays; null brings a rule back to its default (RFC 7396). */
export type PolicyPatch = {
  readonly approvals?: Patch<ApprovalPolicy> | undefined;
  readonly payouts?: Patch<PayoutRules> | undefined;
};

export type ChangePayoutPolicy = (input: {
  readonly programId: string;
  readonly policy: PolicyPatch;
  readonly by: string;
  readonly onBehalfOf?: string | undefined;
}) => Promise<Program>;

/**
 * Changes who must approve a programme's payouts and by which rules they are paid. The change, with who made it and what held
 * before, is stored in the transaction of its effect; one that changes nothing stores nothing.
 * @throws Failure unknown_program; invalid_request when a reminder would come after the expiry; temporarily_unavailable when
 * others change the policy at the same moment
 */
export function makeChangePayoutPolicy(deps: {
  programs: Pick<ProgramStore, 'get' | 'changePolicy'>;
  clock: Clock;
}): ChangePayoutPolicy {
  const getProgram = makeGetProgram(deps);
  return async ({ programId, policy, ...actor }) => {
    for (let look = 1; look <= MAX_LOOKS; look += 1) {
      const program = await getProgram(programId);
      const before = policyOf(program);
      const after = patchedPolicy(before, policy);
      if (policyText(before) === policyText(after)) return program;
      const version = program.policyVersion + 1;
      const at = toInstant(deps.clock());
      if (await deps.programs.changePolicy({ programId, version, before, after, ...actor, at })) {
        return getProgram(programId);
      }
    }
    throw new Failure('temporarily_unavailable', 'Others are changing the policy; look at it and try again.');
  };
}

/** The policy of a programme, in the one order in which it is compared. */
export function policyOf({ approvals, payouts }: PayoutPolicy): PayoutPolicy {
  return { approvals: merged(approvals, {}, {}), payouts: merged(payouts, {}, DEFAULT_PAYOUT_RULES) };
}

/** @throws Failure invalid_request when a reminder would come after the expiry */
export function patchedPolicy(before: PayoutPolicy, patch: PolicyPatch): PayoutPolicy {
  const after = {
    approvals: merged(before.approvals, patch.approvals ?? {}, {}),
    payouts: merged(before.payouts, patch.payouts ?? {}, DEFAULT_PAYOUT_RULES),
  };
  assertReminded(after.payouts, patch.payouts?.reminderHours != null);
  return after;
}

/** A reminder that comes with the expiry or after it reminds nobody. It is named where it was sent, else by the expiry. */
function assertReminded({ reminderHours, expiryHours }: PayoutRules, isSent: boolean): void {
  const late = reminderHours.findIndex((hours) => hours >= expiryHours);
  if (late < 0) return;
  const last = reminderHours.at(-1);
  throw new Failure(
    'invalid_request',
    `A run expires after ${expiryHours} hours: remind before, or let it wait longer.`,
    {
      errors: [
        isSent
          ? { pointer: `/payouts/reminderHours/${late}`, rule: `must be below ${expiryHours}` }
          : {
              pointer: '/payouts/expiryHours',
              rule: `must be above ${last}, the last of the reminderHours; or send those too`,
            },
      ],
    },
  );
}

/** Two policies are the same when their texts are. */
export function policyText(policy: PayoutPolicy): string {
  return JSON.stringify(policy, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}

function merged<T extends object>(before: T, patch: Patch<T>, defaults: Partial<T>): T {
  const named = Object.entries(patch).filter(([, value]) => value !== undefined);
  const kept = Object.entries({ ...before, ...Object.fromEntries(named) }).filter(([, value]) => value !== null);
  const all = { ...defaults, ...Object.fromEntries(kept) };
  return Object.fromEntries(
    Object.entries(all)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ) as T;
}
