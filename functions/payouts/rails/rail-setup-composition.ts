import { caller, clock, programs, table } from '#functions/payouts/composition';
import type { RequestContext } from '#functions/runtime/http';
import { makeRailChanges } from '#shared/adapters/dynamodb/money/programs/rail-changes';
import type { RailChange } from '#shared/application/payouts/rails/rail-setup';

export { clock, programs };

/** Which accounts programmes pay from, without their keys. */
export const railChanges = makeRailChanges(table);

/** Who changes a rail, and when that person signed in. */
export function railEditor(
  context: Pick<RequestContext, 'principal'>,
): ReturnType<typeof caller> & { readonly signedInAt?: number | undefined } {
  return { ...caller(context), signedInAt: context.principal?.signedInAt };
}

/** A rail as the API shows it. */
export function railAnswer({ programId: _, by, at, ...shown }: RailChange): Record<string, unknown> {
  return { ...shown, changedBy: by, changedAt: at };
}
