import type { Page } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { Hold, HoldPages } from '#shared/application/referrals/holds/hold-ports';
import type { HoldStatus } from '#shared/domain/fraud/hold';

export type ListHolds = (input: {
  readonly programId: string;
  readonly status: HoldStatus;
  readonly partnerId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}) => Promise<Page<Hold>>;

/** Holds of one status, the one due first at the head. @throws Failure unknown_program; invalid_request for a cursor that was not given */
export function makeListHolds(deps: {
  readonly holds: HoldPages;
  readonly programs: Pick<ProgramReader, 'get'>;
}): ListHolds {
  return async ({ cursor, limit, ...of }) => {
    await deps.programs.get(of.programId);
    return deps.holds.list(of, { cursor, limit });
  };
}
