import type { Clock, Digest } from '#shared/application/ports';
import {
  type AuditHead,
  type AuditKind,
  type AuditRecord,
  findBreak,
  genesisHead,
} from '#shared/domain/audit/audit-chain';
import { canonicalJson, type Plain } from '#shared/domain/audit/canonical-json';
import { type AuditEffect, factOf } from './audit-effects.ts';
import type { AuditTrail } from './audit-ports.ts';
import { recordsBetween } from './export-audit-trail.ts';
import { type Compare, type Differences, MISSING, UNACCOUNTED } from './verify-differences.ts';
import { type Misplaced, nameFaults, type PlaceFault } from './verify-places.ts';

/** As long a record may be on its way before the installation raises an alarm (infra/constructs/async-edges.ts). */
const ON_ITS_WAY_MS = 15 * 60 * 1000;

/** What is stored and must have its record. */
export type StoredEffect = Omit<AuditEffect, 'occurredAt'> & {
  /** Absent when the store no longer says when. */
  readonly occurredAt?: AuditEffect['occurredAt'] | undefined;
  /** A state that may or may not have been passed through; when it was, its record must say this. */
  readonly isOptional?: boolean | undefined;
  /** Index keys of its item that its content does not lead to: a close would not find it. */
  readonly faults?: readonly PlaceFault[] | undefined;
};

export type AuditedStores = {
  /** Every effect in the tables, of these runs and of adjustments since this month. */
  all(
    programId: string,
    given: { readonly runIds: readonly string[]; readonly since: string },
  ): AsyncIterable<StoredEffect>;
  /** Each partner with what its terms say otherwise than their records. */
  terms(programId: string): AsyncIterable<Misplaced>;
  /** One by what it is, read consistently. */
  find(programId: string, kind: AuditKind, subjectId: string): Promise<StoredEffect | undefined>;
};

export type VerifyAuditDeps = {
  readonly trail: AuditTrail;
  readonly audited: AuditedStores;
  readonly digest: Digest;
  readonly clock: Clock;
};

export type VerifiedAudit = {
  readonly records: number;
  /** Effects of the last minutes that have no record yet. */
  readonly onTheirWay: number;
};

/** What is remembered of a record: its content is read again only when it differs. */
type Remembered = { readonly sequence: number; readonly says: string };

/**
 * Proves a programme's stored audit chain: every link holds, every effect in the tables has its record and says the same, and
 * every record has its effect; the terms that closes pay by are those that their records lead to. Memory grows with the records, not
 * with what they say.
 */
export async function verifyAudit(
  deps: VerifyAuditDeps,
  given: { readonly programId: string; readonly runIds: readonly string[]; readonly since: string },
  differences: Differences,
): Promise<VerifiedAudit> {
  const { programId } = given;
  const remembered = await verifyLinks(deps, programId, differences);
  const records = remembered.size;
  let onTheirWay = 0;
  const matched = new Set<string>();
  for await (const effect of deps.audited.all(programId, given)) {
    const key = keyOf(effect);
    nameMisplaced(effect, differences);
    const record = remembered.get(key);
    if (record) matched.add(key);
    if (record) await compareEffect(deps, effect, record, differences);
    else if (effect.isOptional) continue;
    else if (isOnItsWay(deps, effect)) onTheirWay += 1;
    else compareTo(differences, effect)('record', MISSING, factText(effect, deps.digest));
  }
  for (const [key, record] of remembered) {
    if (matched.has(key)) continue;
    const { kind, subjectId, content } = await recordAt(deps.trail, programId, record.sequence);
    const effect = await deps.audited.find(programId, kind, subjectId);
    if (effect) nameMisplaced(effect, differences);
    if (effect) await compareEffect(deps, effect, record, differences);
    else differences.of('audit', `${kind} ${subjectId}`)(`what record ${record.sequence} says`, content, UNACCOUNTED);
  }
  for await (const partner of deps.audited.terms(programId)) nameFaults(differences, 'partner', partner);
  return { records, onTheirWay };
}

/** Follows the chain from its first record to its head; a broken link is named, and the next one judged by what is stored. */
async function verifyLinks(
  { trail, digest }: VerifyAuditDeps,
  programId: string,
  differences: Differences,
): Promise<ReadonlyMap<string, Remembered>> {
  const head = (await trail.head(programId)) ?? genesisHead(programId, digest);
  const remembered = new Map<string, Remembered>();
  let last: AuditHead = genesisHead(programId, digest);
  for await (const record of recordsBetween(trail, programId, 0, head.sequence)) {
    const compare = differences.of('audit', `record ${record.sequence} (${record.kind} ${record.subjectId})`);
    const broken = findBreak(programId, last, record, digest);
    if (broken) compare(broken.field, broken.stored, broken.expected);
    const twin = remembered.get(keyOf(record));
    if (twin) compare('record of the same', twin.sequence, UNACCOUNTED);
    remembered.set(keyOf(record), { sequence: record.sequence, says: digest(saysOf(record)) });
    last = record;
  }
  const compare = differences.of('audit', 'head');
  compare('sequence', head.sequence, last.sequence);
  compare('hash', head.hash, last.hash);
  return remembered;
}

async function compareEffect(
  { trail, digest }: VerifyAuditDeps,
  effect: StoredEffect,
  remembered: Remembered,
  differences: Differences,
): Promise<void> {
  const record = { ...effect, ...factOf({ ...effect, occurredAt: effect.occurredAt ?? UNKNOWN }, digest) };
  if (effect.occurredAt !== undefined && digest(saysOf(record)) === remembered.says) return;
  const recorded = await recordAt(trail, effect.programId, remembered.sequence);
  const compare = compareTo(differences, effect);
  const place = `record ${remembered.sequence}`;
  compareContents((field, stored, now) => compare(`${place}, ${field}`, stored, now), recorded.content, record.content);
  compare(`${place}, recordedBy`, recorded.recordedBy, effect.recordedBy);
  if (effect.occurredAt !== undefined) compare(`${place}, occurredAt`, recorded.occurredAt, effect.occurredAt);
}

function nameMisplaced({ kind, subjectId, faults = [] }: StoredEffect, differences: Differences): void {
  nameFaults(differences, 'audit', { id: `${kind} ${subjectId}`, faults });
}

const UNKNOWN = '' as AuditEffect['occurredAt'];

/** Member by member, so that the digit that was flipped is named by its place. */
function compareContents(compare: Compare, recorded: string, stored: string): void {
  const [one, other] = [recorded, stored].map(membersOf);
  if (!one || !other) {
    compare('content', recorded, stored);
    return;
  }
  const names = [...new Set([...one.keys(), ...other.keys()])].filter((name) => one.get(name) !== other.get(name));
  for (const name of names) compare(name, one.get(name), other.get(name));
  // Such as a number beyond what a number tells apart.
  if (names.length === 0) compare('content', recorded, stored);
}

function membersOf(content: string): ReadonlyMap<string, string> | undefined {
  if (!content.startsWith('{')) return undefined;
  const value = JSON.parse(content) as Record<string, Plain>;
  return new Map(Object.entries(value).map(([name, member]) => [name, canonicalJson(member)]));
}

async function recordAt(trail: Pick<AuditTrail, 'list'>, programId: string, sequence: number): Promise<AuditRecord> {
  const { items } = await trail.list(programId, { order: 'oldest', after: sequence - 1, limit: 1 });
  const [record] = items;
  if (!record) throw new Error(`audit record ${sequence} is gone`);
  return record;
}

function isOnItsWay({ clock }: VerifyAuditDeps, { occurredAt }: StoredEffect): boolean {
  return occurredAt !== undefined && clock() - Date.parse(occurredAt) < ON_ITS_WAY_MS;
}

function saysOf({
  occurredAt,
  recordedBy,
  content,
}: Pick<AuditRecord, 'occurredAt' | 'recordedBy' | 'content'>): string {
  return JSON.stringify([occurredAt, recordedBy, content]);
}

function factText(effect: StoredEffect, digest: Digest): string {
  return factOf({ ...effect, occurredAt: effect.occurredAt ?? UNKNOWN }, digest).content;
}

function compareTo(differences: Differences, { kind, subjectId }: Pick<AuditRecord, 'kind' | 'subjectId'>): Compare {
  return differences.of('audit', `${kind} ${subjectId}`);
}

function keyOf({ kind, subjectId }: Pick<AuditRecord, 'kind' | 'subjectId'>): string {
  return `${kind}#${subjectId}`;
}
