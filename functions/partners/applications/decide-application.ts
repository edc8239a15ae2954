import { agreementTerms } from '#functions/partners/agreement-terms';
import { applicationAnswer } from '#functions/partners/applications/application-answers';
import { applications } from '#functions/partners/applications/composition';
import { enrol } from '#functions/partners/applications/enrol-composition';
import { caller, clock, idempotency } from '#functions/partners/composition';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { digest } from '#shared/adapters/digest';
import { makeDecideApplication } from '#shared/application/partners/applications/decide-application';
import { decideApplicationRoute } from '#shared/contracts/partners/applications/decide-application';

const decide = makeDecideApplication({ applications, enrol, clock, digest });

export const decideApplication: HttpHandler<typeof decideApplicationRoute> = async ({ params, body }, context) => {
  const wish = body.decision === 'accept' ? agreementTerms(body) : body;
  const { application, repeated } = await decide({ ...params, wish, ...caller(context) });
  return reply(repeated ? 200 : 201, { body: applicationAnswer(application) });
};

export const handler = httpFunction(decideApplicationRoute, decideApplication, { idempotency });
