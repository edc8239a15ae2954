import { certificationAnswer } from '#functions/partners/answers';
import { callerId, certify, idempotency } from '#functions/partners/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { recordCertificationRoute } from '#shared/contracts/partners/record-certification';

export const recordCertification: HttpHandler<typeof recordCertificationRoute> = async ({ params, body }, context) =>
  certificationAnswer(await certify({ ...body, ...params, certificationId: context.newId, by: callerId(context) }));

export const handler = httpFunction(recordCertificationRoute, recordCertification, { idempotency });
