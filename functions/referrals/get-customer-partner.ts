import { customerPartnerAnswer } from '#functions/referrals/customer-answers';
import { readCustomerPartner } from '#functions/referrals/customer-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getCustomerPartnerRoute } from '#shared/contracts/referrals/get-customer-partner';

export const getCustomerPartner: HttpHandler<typeof getCustomerPartnerRoute> = async ({ params }) =>
  customerPartnerAnswer(await readCustomerPartner(params));

export const handler = httpFunction(getCustomerPartnerRoute, getCustomerPartner);
