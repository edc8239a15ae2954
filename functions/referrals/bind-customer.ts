import { bindCustomerTo } from '#functions/referrals/binding-composition';
import { customerPartnerAnswer } from '#functions/referrals/customer-answers';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { actorOf, partnersOf, requirePrincipal } from '#functions/runtime/principal';
import { bindCustomerRoute } from '#shared/contracts/referrals/bind-customer';

export const bindCustomer: HttpHandler<typeof bindCustomerRoute> = async ({ params, body }, { principal }) => {
  requirePrincipal(principal);
  const { reason, partnerId } = body;
  const ownPartners = partnersOf(principal, params.programId);
  const input = { ...params, reason, partnerId: partnerId ?? undefined, ...actorOf(principal), ownPartners };
  return customerPartnerAnswer(await bindCustomerTo(input));
};

export const handler = httpFunction(bindCustomerRoute, bindCustomer);
