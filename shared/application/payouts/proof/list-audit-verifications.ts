import type { Page } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { AuditVerification, AuditVerifications } from './audit-verification.ts';

export type ListAuditVerifications = (input: {
  readonly programId: string;
  readonly cursor?: string | undefined;
  readonly limit: number;
}) => Promise<Page<AuditVerification>>;

/**
 * What was proved of a programme's books, newest first.
 * @throws Failure unknown_program; invalid_request for a cursor that this list did not give
 */
export function makeListAuditVerifications(deps: {
  readonly verifications: Pick<AuditVerifications, 'list'>;
  readonly programs: Pick<ProgramReader, 'get'>;
}): ListAuditVerifications {
  return async ({ programId, ...page }) => {
    await deps.programs.get(programId);
    return deps.verifications.list(programId, page);
  };
}
