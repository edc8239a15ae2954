import { caller } from '#functions/payouts/composition';
import { policyPatchOf } from '#functions/payouts/programs/payout-policy';
import { changeGuarded } from '#functions/payouts/programs/policy-composition';
import { programAnswer } from '#functions/payouts/programs/program-answer';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { changePayoutPolicyRoute } from '#shared/contracts/payouts/programs/change-payout-policy';

export const changePayoutPolicy: HttpHandler<typeof changePayoutPolicyRoute> = async ({ params, body }, context) => {
  const policy = policyPatchOf(body);
  const signedInAt = context.principal?.signedInAt;
  const changed = await changeGuarded({ programId: params.programId, policy, signedInAt, ...caller(context) });
  return programAnswer(changed, context);
};

export const handler = httpFunction(changePayoutPolicyRoute, changePayoutPolicy);
