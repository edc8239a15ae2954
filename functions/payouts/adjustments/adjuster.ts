import { caller } from '#functions/payouts/composition';
import type { RequestContext } from '#functions/runtime/http';
import { partnersOf } from '#functions/runtime/principal';

/** Who makes an adjustment or decides on one, and the partners that this person acts for: those are for somebody else. */
export function adjusterOf(
  context: Pick<RequestContext, 'principal'>,
  programId: string,
): ReturnType<typeof caller> & { readonly isApiKey: boolean; readonly ownPartners: readonly string[] } {
  const { principal } = context;
  return {
    ...caller(context),
    isApiKey: principal?.kind === 'api_key',
    ownPartners: principal ? partnersOf(principal, programId) : [],
  };
}
