import { Failure } from '#shared/application/failure';
import type { CodeCatalogue, StoredCode } from '#shared/application/tracking/ports';
import { canonicalCode } from '#shared/domain/tracking/code';

/** The code as typed, if it is of this programme and the caller may see it. @throws Failure not_found */
export async function requireCode(
  codes: Pick<CodeCatalogue, 'find'>,
  query: {
    readonly programId: string;
    readonly code: string;
    /** The partners that a partner acts for; absent for staff. */
    readonly partnerIds?: readonly string[] | undefined;
  },
): Promise<StoredCode> {
  const { programId, partnerIds } = query;
  const canonical = canonicalCode(query.code);
  const code = canonical === '' ? undefined : await codes.find(canonical);
  if (code && code.programId === programId && (!partnerIds || partnerIds.includes(code.partnerId))) return code;
  throw new Failure('not_found', 'There is no such code in this programme.', {
    errors: [{ pointer: 'path:code', rule: 'is not a code of this programme' }],
  });
}
