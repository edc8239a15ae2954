import { files, runs } from '#functions/payouts/paying/bank-file-composition';
import { bucket } from '#functions/payouts/paying/document-composition';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { digest } from '#shared/adapters/digest';
import { FILE_FACTS } from '#shared/adapters/rails/file-rails';
import { makeGetBankFile } from '#shared/application/payouts/paying/get-bank-file';
import { getBankFileRoute } from '#shared/contracts/payouts/paying/get-bank-file';

const readBankFile = makeGetBankFile({ runs, files, documents: bucket, digest });

export const getBankFile: HttpHandler<typeof getBankFileRoute> = async ({ params, query }) => {
  const { file, text } = await readBankFile({ ...params, ...query });
  const { stem, extension, mediaType } = FILE_FACTS[file.rail];
  const name = `${params.programId}-${file.runId}-${stem}-${file.currency}.${extension}`;
  return reply(200, {
    text,
    headers: {
      'content-type': mediaType,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  });
};

export const handler = httpFunction(getBankFileRoute, getBankFile);
