import { files, runs } from '#functions/payouts/bank-file-composition';
import { bucket } from '#functions/payouts/document-composition';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { digest } from '#shared/adapters/digest';
import { makeGetBankFile } from '#shared/application/payouts/paying/get-bank-file';
import { getBankFileRoute } from '#shared/contracts/payouts/get-bank-file';

const readBankFile = makeGetBankFile({ runs, files, documents: bucket, digest });

export const getBankFile: HttpHandler<typeof getBankFileRoute> = async ({ params }) => {
  const { file, text } = await readBankFile(params);
  const name = `${params.programId}-${file.runId}-pain.001-${file.currency}.xml`;
  return reply(200, {
    text,
    headers: { 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' },
  });
};

export const handler = httpFunction(getBankFileRoute, getBankFile);
