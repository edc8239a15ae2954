import { readBilling } from '#functions/partners/billing-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getBillingRoute } from '#shared/contracts/partners/get-billing';

export const getBilling: HttpHandler<typeof getBillingRoute> = ({ params }) => readBilling(params);

export const handler = httpFunction(getBillingRoute, getBilling);
