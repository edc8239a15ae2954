import type { HashText } from '../run/merkle.ts';
import type { Instant } from '../time/instant.ts';

/** What an auditor must be able to find again, each recorded once. */
export const AUDIT_KINDS = [
  'program.created',
  'plan.published',
  'controls.changed',
  'settings.changed',
  'policy.changed',
  'rail.changed',
  'adjustment.proposed',
  'adjustment.recorded',
  'adjustment.declined',
  'run.opened',
  'run.reminded',
  'run.decided',
  'run.expired',
  'payee.changed',
  'payouts.held',
  'payouts.released',
  'payout.submitted',
  'payout.settled',
  'payout.failed',
  'payout.returned',
  'payout.resolution_proposed',
  'payout.resolved',
  'payout.resolution_declined',
  'dispute.decided',
  'agreement.recorded',
  'agreement.accepted',
  'agreement.renewed',
  'agreement.terminated',
  'tier.assigned',
  'tier_scheme.changed',
  'certification.recorded',
  'certification.revoked',
  'roles.changed',
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** Something that happened, before it has its place in the chain. Kind and subject together name it once for ever. */
export type AuditFact = {
  readonly kind: AuditKind;
  readonly subjectId: string;
  readonly occurredAt: Instant;
  /** Principal id of who did it, or `system:...`. */
  readonly recordedBy: string;
  /** Canonical JSON of what was recorded, or `sha256:` and the digest of that text. */
  readonly content: string;
};

/** A link of a programme's chain. */
export type AuditRecord = AuditFact & {
  readonly programId: string;
  /** 1, 2, 3 ... without a gap, in the order in which the records were appended. */
  readonly sequence: number;
  /** Hash of the record before; of the first one, the programme's genesis hash. */
  readonly previousHash: string;
  readonly hash: string;
};

/** Where a chain ends: whoever keeps this value elsewhere can tell any later change of what came before. */
export type AuditHead = { readonly sequence: number; readonly hash: string };

const FORMAT = 'tallystick/audit/v1';

/** The head of a chain without records, another one for each programme, so that no chain passes for another programme's. */
export function genesisHead(programId: string, hash: HashText): AuditHead {
  return { sequence: 0, hash: hash(JSON.stringify([FORMAT, 'genesis', programId])) };
}

/** The bytes (UTF-8) that a record's hash is taken of: one JSON array in a fixed order that holds everything but the hash. */
export function canonicalRecord(record: Omit<AuditRecord, 'hash'>): string {
  const { programId, sequence, previousHash, kind, subjectId, occurredAt, recordedBy, content } = record;
  return JSON.stringify([FORMAT, programId, sequence, previousHash, kind, subjectId, occurredAt, recordedBy, content]);
}

/** The records that put the facts behind the head, in the order given. */
export function chainFacts(
  programId: string,
  head: AuditHead,
  facts: readonly AuditFact[],
  hash: HashText,
): readonly AuditRecord[] {
  const records: AuditRecord[] = [];
  let last = head;
  for (const { kind, subjectId, occurredAt, recordedBy, content } of facts) {
    const fact = { kind, subjectId, occurredAt, recordedBy, content };
    const linked = { programId, sequence: last.sequence + 1, previousHash: last.hash, ...fact };
    const record = { ...linked, hash: hash(canonicalRecord(linked)) };
    records.push(record);
    last = record;
  }
  return records;
}

/** What is wrong with a link, with the value that the chain before it leads to. */
export type BrokenLink = {
  readonly field: 'programId' | 'sequence' | 'previousHash' | 'hash';
  readonly stored: string;
  readonly expected: string;
};

/** Whether a record follows the head before it and hashes to its own hash; `undefined` when it does. */
export function findBreak(
  programId: string,
  before: AuditHead,
  record: AuditRecord,
  hash: HashText,
): BrokenLink | undefined {
  const expected = {
    programId,
    sequence: String(before.sequence + 1),
    previousHash: before.hash,
    hash: hash(canonicalRecord(record)),
  };
  for (const field of ['programId', 'sequence', 'previousHash', 'hash'] as const) {
    const stored = String(record[field]);
    if (stored !== expected[field]) return { field, stored, expected: expected[field] };
  }
  return undefined;
}
