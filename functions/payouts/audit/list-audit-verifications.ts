import { verificationAnswer } from '#functions/payouts/audit/verification-answer';
import { moneyTable, programs } from '#functions/payouts/task-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeAuditVerifications } from '#shared/adapters/dynamodb/money/audit/audit-verifications';
import { makeListAuditVerifications } from '#shared/application/payouts/proof/list-audit-verifications';
import { listAuditVerificationsRoute } from '#shared/contracts/payouts/audit/list-audit-verifications';

const readVerifications = makeListAuditVerifications({ verifications: makeAuditVerifications(moneyTable), programs });

export const listAuditVerifications: HttpHandler<typeof listAuditVerificationsRoute> = async ({ params, query }) => {
  const page = await readVerifications({ ...params, ...query });
  return { ...page, items: page.items.map(verificationAnswer) };
};

export const handler = httpFunction(listAuditVerificationsRoute, listAuditVerifications);
