import type * as z from 'zod';
import type { PolicyPatch } from '#shared/application/payouts/programs/change-payout-policy';
import type { PayoutRules } from '#shared/application/programs';
import type { payoutsBodySchema, policyChangeSchema } from '#shared/contracts/payouts/programs/payout-policy';

type Steps = {
  readonly requiredAbove?: readonly { readonly aboveMinor: number; readonly required: number }[] | null | undefined;
};

/** The rules of payouts as the application has them: amounts as bigint. */
export function payoutRulesOf(sent: z.output<typeof payoutsBodySchema>): Partial<PayoutRules> {
  return withBigSteps(sent) as Partial<PayoutRules>;
}

/** A change of the policy as the application has it. */
export function policyPatchOf({ approvals, payouts }: z.output<typeof policyChangeSchema>): PolicyPatch {
  const above = approvals?.extraApproverAboveMinor;
  return {
    approvals: approvals && {
      ...approvals,
      extraApproverAboveMinor: typeof above === 'number' ? BigInt(above) : above,
    },
    payouts: payouts && (withBigSteps(payouts) as PolicyPatch['payouts']),
  };
}

function withBigSteps<T extends Steps>(sent: T): object {
  if (!sent.requiredAbove) return sent;
  return {
    ...sent,
    requiredAbove: sent.requiredAbove.map(({ aboveMinor, required }) => ({ aboveMinor: BigInt(aboveMinor), required })),
  };
}
