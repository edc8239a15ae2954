import { verificationAnswer } from '#functions/payouts/audit/verification-answer';
import { verifyTrail } from '#functions/payouts/audit/verification-composition';
import { caller, idempotency } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { verifyAuditTrailRoute } from '#shared/contracts/payouts/audit/verify-audit-trail';

export const verifyAuditTrail: HttpHandler<typeof verifyAuditTrailRoute> = async ({ params, body }, context) =>
  verificationAnswer(await verifyTrail({ ...params, ...body, verificationId: context.newId, ...caller(context) }));

export const handler = httpFunction(verifyAuditTrailRoute, verifyAuditTrail, { idempotency });
