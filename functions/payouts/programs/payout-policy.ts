import type * as z from 'zod';
import type { PolicyPatch } from '#shared/application/payouts/programs/change-payout-policy';
import type { PayoutRules } from '#shared/application/programs';
import type { payoutsBodySchema, policyChangeSchema } from '#shared/contracts/payouts/programs/payout-policy';

type Amounts = {
  readonly requiredAbove?: readonly { readonly aboveMinor: number; readonly required: number }[] | null | undefined;
  readonly freshSignInAboveMinor?: number | null | undefined;
};

/** The rules of payouts as the application has them: amounts as bigint. */
export function payoutRulesOf(sent: z.output<typeof payoutsBodySchema>): Partial<PayoutRules> {
  return withBigAmounts(sent) as Partial<PayoutRules>;
}

/** A change of the policy as the application has it. */
export function policyPatchOf({ approvals, payouts }: z.output<typeof policyChangeSchema>): PolicyPatch {
  const above = approvals?.extraApproverAboveMinor;
  return {
    approvals: approvals && {
      ...approvals,
      extraApproverAboveMinor: typeof above === 'number' ? BigInt(above) : above,
    },
    payouts: payouts && (withBigAmounts(payouts) as PolicyPatch['payouts']),
  };
}

function withBigAmounts<T extends Amounts>(sent: T): object {
  const { requiredAbove, freshSignInAboveMinor } = sent;
  const steps = requiredAbove?.map(({ aboveMinor, required }) => ({ aboveMinor: BigInt(aboveMinor), required }));
  return {
    ...sent,
    ...(steps ? { requiredAbove: steps } : {}),
    ...(typeof freshSignInAboveMinor === 'number' ? { freshSignInAboveMinor: BigInt(freshSignInAboveMinor) } : {}),
  };
}
