import { ownPartners, programReader, runs, statements } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { makeExportStatement } from '#shared/application/payouts/export-statement';
import { exportStatementRoute } from '#shared/contracts/payouts/export-statement';

const exportCsv = makeExportStatement({ programs: programReader, runs, statements });

export const exportStatement: HttpHandler<typeof exportStatementRoute> = async ({ params }, context) => {
  const text = await exportCsv({ ...params, onlyPartners: ownPartners(context, params.programId) });
  const headers = {
    'content-type': exportStatementRoute.responseType,
    'content-disposition': `attachment; filename="${params.statementId.replaceAll(/[~:]/g, '_')}.csv"`,
    'cache-control': 'no-store',
  };
  return reply(200, { text, headers });
};

export const handler = httpFunction(exportStatementRoute, exportStatement);
