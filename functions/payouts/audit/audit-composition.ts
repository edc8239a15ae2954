import { moneyTable, programs } from '#functions/payouts/task-composition';
import { digest } from '#shared/adapters/digest';
import { makeAuditChain } from '#shared/adapters/dynamodb/money/audit/audit-chain';
import { makeExportAuditTrail } from '#shared/application/payouts/proof/export-audit-trail';
import { makeListAuditTrail } from '#shared/application/payouts/proof/list-audit-trail';

const trail = makeAuditChain(moneyTable);

/** The composition root of who reads audit chains. */
export const readAuditTrail = makeListAuditTrail({ trail, programs, digest });
export const exportChain = makeExportAuditTrail({ trail, programs, digest });
