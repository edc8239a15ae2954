import { Failure } from '#shared/application/failure';
import type { Digest, Page } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { type AuditHead, type AuditKind, type AuditRecord, genesisHead } from '#shared/domain/audit/audit-chain';
import type { Instant } from '#shared/domain/time/instant';
import type { AuditTrail } from './audit-ports.ts';

/** Pages of the chain that one answer may read: a filter that matches little answers a short page with a cursor. */
const MAX_READS = 20;
/** Records a read, of which a filter leaves some. */
const A_READ = 200;

/** What is absent leaves nothing out. */
type Filter = {
  readonly kind?: AuditKind | undefined;
  /** Part of the subject's id. */
  readonly subject?: string | undefined;
  readonly recordedBy?: string | undefined;
  /** Of what was recorded, both inclusive. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
};

export type ListAuditTrail = (
  input: Filter & {
    readonly programId: string;
    readonly order: 'oldest' | 'newest';
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
) => Promise<Page<AuditRecord> & { readonly head: AuditHead & { readonly programId: string } }>;

/**
 * A page of a programme's audit chain, and where the chain ends.
 * @throws Failure unknown_program; invalid_request for a cursor that this list did not give
 */
export function makeListAuditTrail(deps: {
  readonly trail: AuditTrail;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly digest: Digest;
}): ListAuditTrail {
  return async ({ programId, order, cursor, limit, ...filter }) => {
    await deps.programs.get(programId);
    const after = cursor === undefined ? undefined : sequenceOf(cursor);
    const page = await matching(deps.trail, programId, { order, after, limit }, filter);
    const { sequence, hash } = (await deps.trail.head(programId)) ?? genesisHead(programId, deps.digest);
    const head = { programId, sequence, hash };
    return { items: page.items, head, ...(page.after === undefined ? {} : { nextCursor: String(page.after) }) };
  };
}

async function matching(
  trail: Pick<AuditTrail, 'list'>,
  programId: string,
  page: Parameters<AuditTrail['list']>[1],
  filter: Filter,
): ReturnType<AuditTrail['list']> {
  if (Object.values(filter).every((value) => value === undefined)) return trail.list(programId, page);
  const items: AuditRecord[] = [];
  let after = page.after;
  for (let reads = 0; reads < MAX_READS; reads += 1) {
    const read = await trail.list(programId, { ...page, after, limit: A_READ });
    for (const record of read.items) {
      if (!matches(record, filter)) continue;
      // One more than fits: only then there is a next page.
      if (items.length === page.limit) return { items, after: items.at(-1)?.sequence };
      items.push(record);
    }
    after = read.after;
    if (after === undefined) return { items };
  }
  return { items, after };
}

function matches(record: AuditRecord, { kind, subject, recordedBy, from, to }: Filter): boolean {
  return (
    (kind ?? record.kind) === record.kind &&
    (recordedBy ?? record.recordedBy) === record.recordedBy &&
    record.subjectId.includes(subject ?? '') &&
    record.occurredAt >= (from ?? record.occurredAt) &&
    record.occurredAt <= (to ?? record.occurredAt)
  );
}

function sequenceOf(cursor: string): number {
  if (/^\d{1,12}$/.test(cursor)) return Number(cursor);
  throw new Failure('invalid_request', 'Send the nextCursor of the page before, or none for the first page.', {
    errors: [{ pointer: 'query:cursor', rule: 'must be a cursor that this list returned' }],
  });
}
