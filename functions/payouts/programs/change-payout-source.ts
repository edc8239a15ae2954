import { caller } from '#functions/payouts/composition';
import { changeGuarded } from '#functions/payouts/programs/policy-composition';
import { programAnswer } from '#functions/payouts/programs/program-answer';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { changePayoutSourceRoute } from '#shared/contracts/payouts/programs/change-payout-source';

export const changePayoutSource: HttpHandler<typeof changePayoutSourceRoute> = async ({ params, body }, context) => {
  const policy = { payouts: { source: body } };
  const signedInAt = context.principal?.signedInAt;
  const changed = await changeGuarded({ programId: params.programId, policy, signedInAt, ...caller(context) });
  return programAnswer(changed, context);
};

export const handler = httpFunction(changePayoutSourceRoute, changePayoutSource);
