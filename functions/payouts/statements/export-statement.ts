import { ownPartners } from '#functions/payouts/composition';
import { fileHeaders, statementFileDeps } from '#functions/payouts/statements/export-statement-composition';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { makeExportStatement } from '#shared/application/payouts/statements/export-statement';
import { exportStatementRoute } from '#shared/contracts/payouts/statements/export-statement';

const exportCsv = makeExportStatement(statementFileDeps);

export const exportStatement: HttpHandler<typeof exportStatementRoute> = async ({ params }, context) => {
  const text = await exportCsv({ ...params, onlyPartners: ownPartners(context, params.programId) });
  return reply(200, { text, headers: fileHeaders(params.statementId, 'csv', exportStatementRoute.responseType) });
};

export const handler = httpFunction(exportStatementRoute, exportStatement);
