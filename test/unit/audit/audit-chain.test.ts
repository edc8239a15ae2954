import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import {
  AUDIT_KINDS,
  type AuditFact,
  type AuditRecord,
  canonicalRecord,
  chainFacts,
  findBreak,
  genesisHead,
} from '#shared/domain/audit/audit-chain';
import { canonicalJson, type Plain } from '#shared/domain/audit/canonical-json';
import type { Instant } from '#shared/domain/time/instant';

const aFact = (subjectId: string, over: Partial<AuditFact> = {}): AuditFact => ({
  kind: 'plan.published',
  subjectId,
  occurredAt: '2026-01-01T00:00:00.000Z' as Instant,
  recordedBy: 'person:ada',
  content: '{"version":1}',
  ...over,
});
const chain = (facts: readonly AuditFact[]): readonly AuditRecord[] =>
  chainFacts('acme', genesisHead('acme', digest), facts, digest);

/** The first record that does not follow from those before it. */
function firstBreak(records: readonly AuditRecord[], programId = 'acme') {
  let head = genesisHead(programId, digest);
  for (const record of records) {
    const broken = findBreak(programId, head, record, digest);
    if (broken) return { at: record.sequence, field: broken.field };
    head = record;
  }
  return undefined;
}

describe('canonical JSON', () => {
  it('orders members by code unit, leaves out what is undefined and writes amounts of any size', () => {
    const value = { b: 1, a: [true, null, 'é"'], amountMinor: 2n ** 70n, none: undefined, B: {} };
    expect(canonicalJson(value)).toBe('{"B":{},"a":[true,null,"é\\""],"amountMinor":1180591620717411303424,"b":1}');
  });

  it('is the same whether an amount was read as number or as bigint', () => {
    expect(canonicalJson({ amountMinor: 12_345 })).toBe(canonicalJson({ amountMinor: 12_345n }));
  });

  it('has no text for a number that is not finite', () => {
    expect(() => canonicalJson(Number.NaN)).toThrow(RangeError);
  });

  it('tells different values apart, and the same values not by the order of their members', () => {
    const plain = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)));
    fc.assert(
      fc.property(plain, plain, (a, b) => {
        const reversed = Object.fromEntries(Object.entries(a).reverse()) as { [name: string]: Plain };
        expect(canonicalJson(reversed)).toBe(canonicalJson(a));
        expect(canonicalJson(a) === canonicalJson(b)).toBe(
          JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort()),
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('an audit chain', () => {
  it('numbers its records from one and links each to the one before', () => {
    const [first, second] = chain([aFact('1'), aFact('2')]);
    expect(first).toMatchObject({ sequence: 1, previousHash: genesisHead('acme', digest).hash });
    expect(second).toMatchObject({ sequence: 2, previousHash: first?.hash });
    expect(firstBreak([first!, second!])).toBeUndefined();
  });

  it('has hashes that anybody can take again', () => {
    const [record] = chain([aFact('1')]);
    expect(canonicalRecord(record!)).toBe(
      `["tallystick/audit/v1","acme",1,"${genesisHead('acme', digest).hash}","plan.published","1",` +
        '"2026-01-01T00:00:00.000Z","person:ada","{\\"version\\":1}"]',
    );
    expect(record?.hash).toBe(digest(canonicalRecord(record!)));
  });

  it('comes out the same in one batch and in many', () => {
    const facts = ['1', '2', '3'].map((id) => aFact(id));
    const [first] = chain(facts.slice(0, 1));
    expect([first, ...chainFacts('acme', first!, facts.slice(1), digest)]).toEqual(chain(facts));
  });

  it('does not pass for the chain of another programme', () => {
    expect(firstBreak(chain([aFact('1')]), 'other')).toEqual({ at: 1, field: 'programId' });
    const renamed = chain([aFact('1')]).map((record) => ({ ...record, programId: 'other' }));
    expect(firstBreak(renamed, 'other')).toEqual({ at: 1, field: 'previousHash' });
  });

  it.each([
    ['kind', 'run.decided'],
    ['subjectId', 'x'],
    ['occurredAt', '2026-01-02T00:00:00.000Z'],
    ['recordedBy', 'person:eve'],
    ['content', '{"version":2}'],
    ['hash', '0'.repeat(64)],
  ])('breaks at the record whose %s was changed', (field, value) => {
    const records = chain(['1', '2', '3'].map((id) => aFact(id)));
    const changed = records.with(1, { ...records[1]!, [field]: value } as AuditRecord);
    expect(firstBreak(changed)).toEqual({ at: 2, field: 'hash' });
  });

  it('breaks behind a record that was changed and hashed anew, and where one is left out or moved', () => {
    const records = chain(['1', '2', '3'].map((id) => aFact(id)));
    const forged = { ...records[1]!, content: '{}' };
    const hashed = { ...forged, hash: digest(canonicalRecord(forged)) };
    expect(firstBreak(records.with(1, hashed))).toEqual({ at: 3, field: 'previousHash' });
    expect(firstBreak(records.toSpliced(1, 1))).toEqual({ at: 3, field: 'sequence' });
    expect(firstBreak([records[1]!, records[0]!])).toEqual({ at: 2, field: 'sequence' });
  });

  it('breaks at any one changed character', () => {
    const facts = AUDIT_KINDS.map((kind, index) => aFact(`s${index}`, { kind, content: `{"n":${index}}` }));
    const records = chain(facts);
    const names = ['subjectId', 'recordedBy', 'content', 'previousHash', 'hash', 'occurredAt'] as const;
    fc.assert(
      fc.property(fc.nat(records.length - 1), fc.constantFrom(...names), fc.nat(200), (at, name, place) => {
        const record = records[at]!;
        const text = record[name];
        const index = place % text.length;
        const flipped = text.slice(0, index) + (text[index] === '7' ? '8' : '7') + text.slice(index + 1);
        expect(firstBreak(records.with(at, { ...record, [name]: flipped }))?.at).toBe(record.sequence);
      }),
      { numRuns: 300 },
    );
  });
});
