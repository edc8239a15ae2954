import { clock, conversions, idempotency, retry, table } from '#functions/referrals/composition';
import { holdDetail } from '#functions/referrals/hold-answers';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { partnersOf, requirePrincipal } from '#functions/runtime/principal';
import { programs } from '#functions/runtime/programs';
import { makeBindingStore } from '#shared/adapters/dynamodb/referrals/customers/bindings';
import { makeReattributionStore } from '#shared/adapters/dynamodb/referrals/sales/reattributions';
import { makeBindByHold } from '#shared/application/referrals/holds/bind-by-hold';
import { makeDecideHold } from '#shared/application/referrals/holds/decide-hold';
import { decideHoldRoute } from '#shared/contracts/referrals/decide-hold';

const common = { conversions, programs, clock, ...retry };
const decide = makeBindByHold(
  { ...common, bindings: makeBindingStore(table) },
  makeDecideHold({ ...common, reattributions: makeReattributionStore(table) }),
);

export const decideHold: HttpHandler<typeof decideHoldRoute> = async ({ params, body }, { principal, newId }) => {
  requirePrincipal(principal);
  const ownPartners = partnersOf(principal, params.programId);
  return holdDetail(await decide({ ...params, ...body, decisionId: newId, by: principal.id, ownPartners }));
};

export const handler = httpFunction(decideHoldRoute, decideHold, { idempotency });
