import { ownPartners, programs } from '#functions/payouts/composition';
import { partnersTable } from '#functions/payouts/partners-composition';
import { fileHeaders, statementFileDeps } from '#functions/payouts/statements/export-statement-composition';
import { FONT_FILES } from '#functions/payouts/statements/export-statement-fonts';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { makeBillingReader } from '#shared/adapters/dynamodb/partners/billings';
import { readStatementFonts } from '#shared/adapters/pdf/statement-fonts';
import { makeRenderStatement } from '#shared/adapters/pdf/statement-pdf';
import { makeExportStatementPdf } from '#shared/application/payouts/statements/export-statement-pdf';
import { exportStatementPdfRoute } from '#shared/contracts/payouts/statements/export-statement-pdf';

const render = makeRenderStatement(readStatementFonts(FONT_FILES));
const parties = { billings: makeBillingReader(partnersTable), policies: programs };
const exportPdf = makeExportStatementPdf({ ...statementFileDeps, parties, render });

export const exportStatementPdf: HttpHandler<typeof exportStatementPdfRoute> = async ({ params }, context) => {
  const bytes = await exportPdf({ ...params, onlyPartners: ownPartners(context, params.programId) });
  return reply(200, { bytes, headers: fileHeaders(params.statementId, 'pdf', exportStatementPdfRoute.responseType) });
};

export const handler = httpFunction(exportStatementPdfRoute, exportStatementPdf);
