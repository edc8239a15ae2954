import { writeBilling } from '#functions/partners/billing-composition';
import { caller } from '#functions/partners/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { setBillingRoute } from '#shared/contracts/partners/set-billing';

export const setBilling: HttpHandler<typeof setBillingRoute> = ({ params, body }, context) =>
  writeBilling({ ...params, ...caller(context) }, body);

export const handler = httpFunction(setBillingRoute, setBilling);
