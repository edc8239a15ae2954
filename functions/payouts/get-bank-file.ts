import { readBankFile } from '#functions/payouts/bank-file-composition';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { getBankFileRoute } from '#shared/contracts/payouts/get-bank-file';

export const getBankFile: HttpHandler<typeof getBankFileRoute> = async ({ params }) => {
  const { file, text } = await readBankFile(params);
  const name = `${params.programId}-${file.runId}-pain.001-${file.currency}.xml`;
  return reply(200, {
    text,
    headers: { 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' },
  });
};

export const handler = httpFunction(getBankFileRoute, getBankFile);
