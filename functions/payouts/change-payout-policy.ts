import { caller, changePolicy } from '#functions/payouts/composition';
import { policyPatchOf } from '#functions/payouts/payout-policy';
import { programAnswer } from '#functions/payouts/program-answer';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { changePayoutPolicyRoute } from '#shared/contracts/payouts/change-payout-policy';

export const changePayoutPolicy: HttpHandler<typeof changePayoutPolicyRoute> = async ({ params, body }, context) => {
  const policy = policyPatchOf(body);
  return programAnswer(await changePolicy({ programId: params.programId, policy, ...caller(context) }), context);
};

export const handler = httpFunction(changePayoutPolicyRoute, changePayoutPolicy);
