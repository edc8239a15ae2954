import { exportChain } from '#functions/payouts/audit/audit-composition';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { exportAuditTrailRoute } from '#shared/contracts/payouts/audit/export-audit-trail';

export const exportAuditTrail: HttpHandler<typeof exportAuditTrailRoute> = async ({ params, query }) => {
  const headers = {
    'content-type': exportAuditTrailRoute.responseType,
    'content-disposition': `attachment; filename="${params.programId}-audit-after-${query.after}.jsonl"`,
    'cache-control': 'no-store',
  };
  return reply(200, { text: await exportChain({ ...params, ...query }), headers });
};

export const handler = httpFunction(exportAuditTrailRoute, exportAuditTrail);
