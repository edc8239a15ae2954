import { exportJournal } from '#functions/payouts/ledger/ledger-composition';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { exportLedgerRoute } from '#shared/contracts/payouts/ledger/export-ledger';

const FILES = {
  hledger: { type: 'text/plain; charset=utf-8', extension: 'journal' },
  csv: { type: 'text/csv; charset=utf-8; header=present', extension: 'csv' },
} as const;

export const exportLedger: HttpHandler<typeof exportLedgerRoute> = async ({ params, query }) => {
  const { type, extension } = FILES[query.format];
  const headers = {
    'content-type': type,
    'content-disposition': `attachment; filename="${params.programId}.${extension}"`,
    'cache-control': 'no-store',
  };
  return reply(200, { text: await exportJournal({ ...params, ...query }), headers });
};

export const handler = httpFunction(exportLedgerRoute, exportLedger);
