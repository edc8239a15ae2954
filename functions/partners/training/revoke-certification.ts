import { callerId, idempotency } from '#functions/partners/composition';
import { certificateAnswer } from '#functions/partners/training/training-answers';
import { readCertificate, revoke } from '#functions/partners/training/training-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { revokeCertificationRoute } from '#shared/contracts/partners/training/revoke-certification';

export const revokeCertification: HttpHandler<typeof revokeCertificationRoute> = async ({ params, body }, context) => {
  await revoke({ ...params, ...body, by: callerId(context) });
  return certificateAnswer(await readCertificate(params));
};

export const handler = httpFunction(revokeCertificationRoute, revokeCertification, { idempotency });
