import { readAuditTrail } from '#functions/payouts/audit/audit-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listAuditTrailRoute } from '#shared/contracts/payouts/audit/list-audit-trail';

export const listAuditTrail: HttpHandler<typeof listAuditTrailRoute> = ({ params, query }) =>
  readAuditTrail({ ...params, ...query });

export const handler = httpFunction(listAuditTrailRoute, listAuditTrail);
