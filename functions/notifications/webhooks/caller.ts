import type { RequestContext } from '#functions/runtime/http';
import { actorOf, requirePrincipal } from '#functions/runtime/principal';

/** Who calls, for the record. @throws Error on a route that lets nobody in without a token: there is always somebody. */
export function callerOf({ principal }: Pick<RequestContext, 'principal'>): ReturnType<typeof actorOf> {
  requirePrincipal(principal);
  return actorOf(principal);
}
