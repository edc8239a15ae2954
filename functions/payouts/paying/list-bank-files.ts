import { readBankFiles } from '#functions/payouts/paying/bank-file-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listBankFilesRoute } from '#shared/contracts/payouts/paying/list-bank-files';

export const listBankFiles: HttpHandler<typeof listBankFilesRoute> = async ({ params }) => {
  const { items } = await readBankFiles(params);
  return { items: items.map(({ programId: _, runId: __, documentKey: ___, ...shown }) => shown) };
};

export const handler = httpFunction(listBankFilesRoute, listBankFiles);
