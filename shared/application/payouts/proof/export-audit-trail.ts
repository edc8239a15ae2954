import type { Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { AuditEnd } from '#shared/contracts/payouts/audit/audit-record';
import { type AuditRecord, genesisHead } from '#shared/domain/audit/audit-chain';
import type { AuditTrail } from './audit-ports.ts';

const RECORDS_A_PAGE = 1_000;
/** An answer of Lambda holds 6 MB with its quotes escaped once more. */
const MAX_ESCAPED_BYTES = 5_000_000;

export type ExportAuditTrail = (input: {
  readonly programId: string;
  /** The records behind this one. */
  readonly after: number;
}) => Promise<string>;

/**
 * The audit chain as JSON lines (a record a line, the head last), or as much of it as one answer takes: then the head's line says
 * through which record.
 * @throws Failure unknown_program
 */
export function makeExportAuditTrail(deps: {
  readonly trail: AuditTrail;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly digest: Digest;
}): ExportAuditTrail {
  return async ({ programId, after }) => {
    await deps.programs.get(programId);
    const { sequence, hash } = (await deps.trail.head(programId)) ?? genesisHead(programId, deps.digest);
    const lines: string[] = [];
    let through = Math.min(after, sequence);
    let bytes = 0;
    for await (const record of recordsBetween(deps.trail, programId, through, sequence)) {
      const line = JSON.stringify(record);
      bytes += new TextEncoder().encode(JSON.stringify(line)).length;
      if (bytes > MAX_ESCAPED_BYTES) break;
      lines.push(line);
      through = record.sequence;
    }
    const end: AuditEnd = { head: { programId, sequence, hash }, through };
    return `${[...lines, JSON.stringify(end)].join('\n')}\n`;
  };
}

/** The records behind `after` and up to `last`, oldest first; one page in memory. */
export async function* recordsBetween(
  trail: Pick<AuditTrail, 'list'>,
  programId: string,
  after: number,
  last: number,
): AsyncGenerator<AuditRecord, undefined> {
  let from: number | undefined = after;
  while (from !== undefined && from < last) {
    const page = await trail.list(programId, { order: 'oldest', after: from, limit: RECORDS_A_PAGE });
    for (const record of page.items) {
      if (record.sequence > last) return;
      yield record;
    }
    from = page.after;
  }
}
