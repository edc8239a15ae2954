import { certificationAnswer } from '#functions/partners/answers';
import { callerId, certify, idempotency, partnersTable } from '#functions/partners/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeTierSchemes } from '#shared/adapters/dynamodb/partners/tier-schemes';
import { makeCertificationHint } from '#shared/application/partners/tiers/hint-names';
import { recordCertificationRoute } from '#shared/contracts/partners/record-certification';

const hintOf = makeCertificationHint({ schemes: makeTierSchemes(partnersTable) });

export const recordCertification: HttpHandler<typeof recordCertificationRoute> = async ({ params, body }, context) => {
  const held = await certify({ ...body, ...params, certificationId: context.newId, by: callerId(context) });
  return { ...certificationAnswer(held), hint: await hintOf(params.programId, held.certification) };
};

export const handler = httpFunction(recordCertificationRoute, recordCertification, { idempotency });
