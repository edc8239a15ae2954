import { programs, table } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeInvoices } from '#shared/adapters/dynamodb/money/statements/invoices';
import { makeGetProgram } from '#shared/application/payouts/programs/get-program';
import { listInvoicesRoute } from '#shared/contracts/payouts/statements/list-invoices';

const readProgram = makeGetProgram({ programs });
const invoices = makeInvoices(table);

export const listInvoices: HttpHandler<typeof listInvoicesRoute> = async ({ params: { programId, partnerId } }) => {
  await readProgram(programId);
  const items = await invoices.ofPartner(programId, partnerId);
  return { items: items.map(({ programId: _, ...shown }) => shown) };
};

export const handler = httpFunction(listInvoicesRoute, listInvoices);
