import { describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeExportAuditTrail } from '#shared/application/payouts/proof/export-audit-trail';
import { makeListAuditTrail } from '#shared/application/payouts/proof/list-audit-trail';
import { makeAuditExportCheck } from '#shared/application/payouts/proof/verify-audit-export';
import type { Program } from '#shared/application/programs';
import {
  type AuditFact,
  type AuditRecord,
  canonicalRecord,
  chainFacts,
  genesisHead,
} from '#shared/domain/audit/audit-chain';
import type { Instant } from '#shared/domain/time/instant';
import { makeFakeAuditChain } from '#test/support/fakes/audit-chain';

const aFact = (subjectId: string, content = '{"amountMinor":4100}'): AuditFact => ({
  kind: 'payout.settled',
  subjectId,
  occurredAt: '2026-01-01T00:00:00.000Z' as Instant,
  recordedBy: 'system:payouts',
  content,
});
const programs = { get: async () => ({}) as Program };

async function aTrail(count: number) {
  const trail = makeFakeAuditChain();
  const add = async (ids: readonly string[], content?: string) => {
    const before = await trail.head('acme');
    const records = chainFacts(
      'acme',
      before ?? genesisHead('acme', digest),
      ids.map((id) => aFact(id, content)),
      digest,
    );
    await trail.append(
      'acme',
      before,
      records.map((record) => ({ ...record, contentDigest: digest(record.content) })),
    );
  };
  if (count > 0) await add(Array.from({ length: count }, (_, index) => `po-${index + 1}`));
  const exported = makeExportAuditTrail({ trail, programs, digest });
  return { trail, add, exported: (after = 0) => exported({ programId: 'acme', after }) };
}

function check(text: string, pinned?: string) {
  const checking = makeAuditExportCheck(digest, pinned);
  for (const line of text.split('\n')) checking.take(line);
  return checking.end();
}
const linesOf = (text: string): string[] => text.trimEnd().split('\n');
const changeLine = (text: string, at: number, change: (line: string) => string): string =>
  linesOf(text)
    .map((line, index) => (index === at ? change(line) : line))
    .join('\n');

describe('an exported audit chain', () => {
  it('is a record a line with the head last, and holds', async () => {
    const { trail, exported } = await aTrail(3);
    const text = await exported();
    const [first, , , head] = linesOf(text).map((line) => JSON.parse(line) as object);
    expect(first).toEqual(trail.records[0]);
    expect(head).toEqual({ head: { programId: 'acme', sequence: 3, hash: trail.records[2]?.hash }, through: 3 });
    expect(check(text)).toMatchObject({ programId: 'acme', records: 3, broken: undefined });
  });

  it('holds without a record, too', async () => {
    const { exported } = await aTrail(0);
    expect(check(await exported())).toMatchObject({ records: 0, broken: undefined });
  });

  it('comes in parts when one answer does not hold it, which hold together and not alone', async () => {
    const { exported, add } = await aTrail(0);
    const ids = Array.from({ length: 1_500 }, (_, index) => `po-${index}`);
    await add(ids, 'x'.repeat(3_900));
    const first = await exported();
    const { through } = JSON.parse(linesOf(first).at(-1) ?? '') as { through: number };
    expect(through).toBeLessThan(1_500);
    expect(Buffer.byteLength(JSON.stringify(first))).toBeLessThan(6_000_000);
    expect(check(first).broken).toContain(`ends at record ${through} of 1500: append the part after=${through}`);
    await add(['late']);
    const rest = await exported(through);
    expect(check(first + rest)).toMatchObject({ records: 1_501, broken: undefined });
    expect(check(rest).broken).toMatch(/^record \d+ .*sequence is/);
  });

  it.each([
    ['an amount', '4100', '4900', /^record 2 \(payout.settled po-2\): hash is/],
    ['a time', '2026-01-01', '2026-01-02', /^record 2 .*: hash is/],
    ['who did it', 'system:payouts', 'person:eve', /^record 2 .*: hash is/],
    ['its number', '"sequence":2', '"sequence":7', /^record 7 .*: sequence is 7, expected 2/],
    ['its programme', '"programId":"acme"', '"programId":"other"', /^record 2 .*: programId is other, expected acme/],
    ['a member more', '{', '{"note":"x",', /^line 2: neither a record nor a head/],
    ['no JSON', '{', '', /^line 2: neither a record nor a head/],
  ])('names the record in which %s was changed', async (_what, from, to, broken) => {
    const { exported } = await aTrail(3);
    const verdict = check(changeLine(await exported(), 1, (line) => line.replace(from, to)));
    expect(verdict).toMatchObject({ records: 1, broken: expect.stringMatching(broken) });
  });

  it('names the record behind one that was left out, and behind one that was hashed anew', async () => {
    const { exported } = await aTrail(3);
    const text = await exported();
    expect(check(linesOf(text).toSpliced(1, 1).join('\n')).broken).toMatch(/^record 3 .*: sequence is 3, expected 2/);
    const forged = changeLine(text, 1, (line) => {
      const record = { ...(JSON.parse(line) as AuditRecord), content: '{"amountMinor":1}' };
      return JSON.stringify({ ...record, hash: digest(canonicalRecord(record)) });
    });
    expect(check(forged).broken).toMatch(/^record 3 .*: previousHash is/);
  });

  it('tells a chain that was cut off, or whose head says otherwise', async () => {
    const { exported } = await aTrail(3);
    const text = await exported();
    expect(check(linesOf(text).slice(0, 3).join('\n')).broken).toContain('the last line is no head');
    const shortened = linesOf(text).toSpliced(2, 1).join('\n');
    expect(check(shortened).broken).toContain('goes through record 3, but the last one is 2');
    const hash = 'f'.repeat(64);
    expect(check(changeLine(text, 3, (line) => line.replace(/"hash":"\w+"/, `"hash":"${hash}"`))).broken).toMatch(
      /^head: hash/,
    );
  });

  it('must pass through a head that was kept, when all of it was written anew', async () => {
    const { exported, trail } = await aTrail(3);
    const kept = trail.records[1]?.hash;
    expect(check(await exported(), kept).broken).toBeUndefined();
    const { exported: rewritten } = await aTrail(2);
    expect(check(await rewritten(), trail.records[2]?.hash).broken).toContain('which this chain had once');
  });
});

describe('the list of the audit trail', () => {
  it('pages from both ends, with the head', async () => {
    const { trail } = await aTrail(3);
    const list = makeListAuditTrail({ trail, programs, digest });
    const first = await list({ programId: 'acme', order: 'newest', limit: 2 });
    expect(first.items.map(({ sequence }) => sequence)).toEqual([3, 2]);
    expect(first.head).toEqual({ programId: 'acme', sequence: 3, hash: trail.records[2]?.hash });
    const next = await list({ programId: 'acme', order: 'newest', limit: 2, cursor: first.nextCursor });
    expect([next.items.map(({ sequence }) => sequence), next.nextCursor]).toEqual([[1], undefined]);
  });

  it('refuses a cursor that it did not give', async () => {
    const { trail } = await aTrail(1);
    const list = makeListAuditTrail({ trail, programs, digest });
    await expect(list({ programId: 'acme', order: 'oldest', limit: 2, cursor: 'x' })).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: 'query:cursor' }],
    });
  });
});
