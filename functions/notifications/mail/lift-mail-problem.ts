import { suppressions, table } from '#functions/notifications/mail/mail-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { actorOf, requirePrincipal } from '#functions/runtime/principal';
import { makeIdempotencyStore } from '#shared/adapters/dynamodb/idempotency-store';
import { makeLiftMailProblem } from '#shared/application/notifications/mail/list-mail-problems';
import { liftMailProblemRoute } from '#shared/contracts/notifications/lift-mail-problem';

const clock = Date.now;
const lift = makeLiftMailProblem({ suppressions, clock });

export const liftMailProblem: HttpHandler<typeof liftMailProblemRoute> = ({ params, body }, { principal }) => {
  requirePrincipal(principal);
  return lift({ ...params, ...body, by: actorOf(principal).by });
};

export const handler = httpFunction(liftMailProblemRoute, liftMailProblem, {
  idempotency: makeIdempotencyStore({ ...table, clock }),
});
