import { table } from '#functions/referrals/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { programs } from '#functions/runtime/programs';
import { makePartnerSignals } from '#shared/adapters/dynamodb/referrals/holds/partner-signals';
import { listPartnerSignalsRoute } from '#shared/contracts/referrals/list-partner-signals';

const { list } = makePartnerSignals(table);

export const listPartnerSignals: HttpHandler<typeof listPartnerSignalsRoute> = async ({ params: { programId } }) => {
  await programs.get(programId);
  const items = await list(programId);
  return {
    items: items.map(({ partnerId, code, action, evidence, foundAt }) => ({
      partnerId,
      code,
      action,
      evidence,
      foundAt,
    })),
  };
};

export const handler = httpFunction(listPartnerSignalsRoute, listPartnerSignals);
