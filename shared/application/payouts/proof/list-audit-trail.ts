import { Failure } from '#shared/application/failure';
import type { Digest, Page } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { type AuditHead, type AuditRecord, genesisHead } from '#shared/domain/audit/audit-chain';
import type { AuditTrail } from './audit-ports.ts';

export type ListAuditTrail = (input: {
  readonly programId: string;
  readonly order: 'oldest' | 'newest';
  readonly cursor?: string | undefined;
  readonly limit: number;
}) => Promise<Page<AuditRecord> & { readonly head: AuditHead & { readonly programId: string } }>;

/**
 * A page of a programme's audit chain, and where the chain ends.
 * @throws Failure unknown_program; invalid_request for a cursor that this list did not give
 */
export function makeListAuditTrail(deps: {
  readonly trail: AuditTrail;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly digest: Digest;
}): ListAuditTrail {
  return async ({ programId, order, cursor, limit }) => {
    await deps.programs.get(programId);
    const after = cursor === undefined ? undefined : sequenceOf(cursor);
    const page = await deps.trail.list(programId, { order, after, limit });
    const { sequence, hash } = (await deps.trail.head(programId)) ?? genesisHead(programId, deps.digest);
    const head = { programId, sequence, hash };
    return { items: page.items, head, ...(page.after === undefined ? {} : { nextCursor: String(page.after) }) };
  };
}

function sequenceOf(cursor: string): number {
  if (/^\d{1,12}$/.test(cursor)) return Number(cursor);
  throw new Failure('invalid_request', 'Send the nextCursor of the page before, or none for the first page.', {
    errors: [{ pointer: 'query:cursor', rule: 'must be a cursor that this list returned' }],
  });
}
