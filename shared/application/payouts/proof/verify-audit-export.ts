import type { Digest } from '#shared/application/ports';
import { auditEndSchema, auditRecordSchema } from '#shared/contracts/payouts/audit/audit-record';
import { type AuditHead, type AuditRecord, findBreak, genesisHead } from '#shared/domain/audit/audit-chain';

/** Nothing may stand in a line that its hash does not cover. */
const lineSchema = auditRecordSchema.strict();

export type AuditExportVerdict = {
  readonly programId?: string | undefined;
  readonly records: number;
  /** The last record read; without any, nothing. */
  readonly head?: AuditHead | undefined;
  /** The first thing that is wrong, in a sentence. */
  readonly broken?: string | undefined;
};

/**
 * Checks an exported audit chain line by line, without the service: every record follows the one before and hashes to its own
 * hash, none is left out, and the chain ends where its head says. Parts of an export may follow one another. It remembers only the
 * last record, and stops at the first break: what comes behind one proves nothing.
 */
export function makeAuditExportCheck(
  digest: Digest,
  /** The hash of a head as it was kept elsewhere: the chain must still pass through it. */
  pinned?: string | undefined,
): {
  readonly take: (line: string) => void;
  readonly end: () => AuditExportVerdict;
} {
  let programId: string | undefined;
  let last: AuditHead | undefined;
  let records = 0;
  let lines = 0;
  let broken: string | undefined;
  /** Where the chain said it ended, by sequence: what follows must pass through it. */
  const heads = new Map<number, string>();
  let through: number | undefined;
  let isPinned = pinned === undefined;

  const takeRecord = (record: AuditRecord): void => {
    programId ??= record.programId;
    const before = last ?? genesisHead(programId, digest);
    const found = findBreak(programId, before, record, digest);
    if (found) {
      broken = `${nameOf(record)}: ${found.field} is ${found.stored}, expected ${found.expected}`;
      return;
    }
    const head = heads.get(record.sequence);
    if (head !== undefined && head !== record.hash) {
      broken = `${nameOf(record)}: hash is ${record.hash}, but an earlier part had the head ${head}`;
      return;
    }
    if (record.hash === pinned) isPinned = true;
    last = { sequence: record.sequence, hash: record.hash };
    records += 1;
    through = undefined;
  };
  const takeEnd = (end: { head: AuditHead & { programId: string }; through: number }): void => {
    programId ??= end.head.programId;
    last ??= genesisHead(programId, digest);
    const { sequence, hash } = end.head;
    if (end.head.programId !== programId)
      broken = `line ${lines}: the head is of programme ${end.head.programId}, not ${programId}`;
    else if (end.through !== last.sequence) {
      broken = `line ${lines}: the part goes through record ${end.through}, but the last one is ${last.sequence}`;
    } else if (sequence === last.sequence && hash !== last.hash) {
      broken = `head: hash is ${hash}, but record ${last.sequence} hashes to ${last.hash}`;
    } else if (sequence < last.sequence)
      broken = `head: the chain ends at ${sequence}, but there is a record ${last.sequence}`;
    heads.set(sequence, hash);
    through = end.through;
  };

  return {
    take(line) {
      lines += 1;
      if (broken !== undefined || line.trim() === '') return;
      const parsed = parseLine(line);
      if (parsed === undefined) broken = `line ${lines}: neither a record nor a head; nothing behind it was checked`;
      else if ('head' in parsed) takeEnd(parsed);
      else takeRecord(parsed);
    },
    end() {
      const furthest = Math.max(0, ...heads.keys());
      if (broken === undefined && through === undefined) broken = 'the last line is no head: the export was cut off';
      if (broken === undefined && last && furthest > last.sequence) {
        broken = `the export ends at record ${last.sequence} of ${furthest}: append the part after=${last.sequence}`;
      }
      if (broken === undefined && !isPinned) broken = `no record has the hash ${pinned}, which this chain had once`;
      return { programId, records, head: last, broken };
    },
  };
}

function parseLine(
  line: string,
): AuditRecord | { head: AuditHead & { programId: string }; through: number } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const end = auditEndSchema.safeParse(value);
    return end.success ? end.data : lineSchema.parse(value);
  } catch {
    return undefined;
  }
}

function nameOf({ sequence, kind, subjectId }: AuditRecord): string {
  return `record ${sequence} (${kind} ${subjectId})`;
}
