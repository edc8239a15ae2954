import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeAuditChain } from '#shared/adapters/dynamodb/money/audit/audit-chain';
import { makeAppendAuditRecords } from '#shared/application/payouts/proof/append-audit-records';
import type { AuditChain, AuditTrail } from '#shared/application/payouts/proof/audit-ports';
import { recordsBetween } from '#shared/application/payouts/proof/export-audit-trail';
import { type AuditFact, type AuditRecord, chainFacts, findBreak, genesisHead } from '#shared/domain/audit/audit-chain';
import type { Instant } from '#shared/domain/time/instant';
import { silentLog } from '#test/support/builders/payouts';
import { makeFakeAuditChain } from '#test/support/fakes/audit-chain';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table?.stop());

const APPENDERS = 50;
const implementations: readonly [string, () => AuditChain & AuditTrail][] = [
  ['the real engine', () => makeAuditChain(table)],
  ['the fake', () => makeFakeAuditChain()],
];

let programs = 0;
let programId: string;
beforeEach(() => {
  programs += 1;
  programId = `acme-${programs}`;
});

const aFact = (subjectId: string): AuditFact => ({
  kind: 'payout.submitted',
  subjectId,
  occurredAt: '2026-01-01T00:00:00.000Z' as Instant,
  recordedBy: 'system:payouts',
  content: `{"payoutId":"${subjectId}"}`,
});
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

describe.each(implementations)('the audit chain on %s', (_name, make) => {
  const records = (facts: readonly AuditFact[], before = genesisHead(programId, digest)) =>
    chainFacts(programId, before, facts, digest).map((record) => ({
      ...record,
      contentDigest: digest(record.content),
    }));
  const read = async (trail: AuditTrail): Promise<AuditRecord[]> => {
    const found: AuditRecord[] = [];
    const head = await trail.head(programId);
    for await (const record of recordsBetween(trail, programId, 0, head?.sequence ?? 0)) found.push(record);
    return found;
  };

  it('begins without a head, and moves it with each append', async () => {
    const chain = make();
    expect(await chain.head(programId)).toBeUndefined();
    const first = records([aFact('a'), aFact('b')]);
    expect(await chain.append(programId, undefined, first)).toBe('applied');
    expect(await chain.head(programId)).toEqual({ sequence: 2, hash: first[1]?.hash });
    expect(await read(chain)).toEqual(first.map(({ contentDigest: _, ...record }) => record));
  });

  it('refuses, and writes nothing, when the head has moved or a subject has its record', async () => {
    const chain = make();
    const [first] = records([aFact('a')]);
    await chain.append(programId, undefined, [first!]);
    expect(await chain.append(programId, undefined, records([aFact('b')]))).toBe('refused');
    expect(await chain.append(programId, first, records([aFact('b'), aFact('a')], first!))).toBe('refused');
    expect(await chain.claims(programId, [aFact('a'), aFact('b')])).toEqual([
      { kind: 'payout.submitted', subjectId: 'a', sequence: 1, contentDigest: digest(aFact('a').content) },
    ]);
    expect(await read(chain)).toHaveLength(1);
  });

  it('lists from both ends by pages', async () => {
    const chain = make();
    await chain.append(programId, undefined, records(['a', 'b', 'c'].map(aFact)));
    const sequences = async (order: 'oldest' | 'newest', after?: number) => {
      const page = await chain.list(programId, { order, after, limit: 2 });
      return [page.items.map(({ sequence }) => sequence), page.after];
    };
    expect(await sequences('oldest')).toEqual([[1, 2], 2]);
    expect(await sequences('oldest', 2)).toEqual([[3], undefined]);
    expect(await sequences('newest')).toEqual([[3, 2], 2]);
    expect(await sequences('newest', 2)).toEqual([[1], undefined]);
  });

  it('stays one chain under fifty appenders at once, each record in it once', async () => {
    const chain = make();
    const append = makeAppendAuditRecords({ chain, digest, log: silentLog, wait: pause, random: Math.random });
    const batches = Array.from({ length: APPENDERS }, (_, at) => [0, 1, 2].map((next) => aFact(`po-${at + next}`)));
    const outcomes = await Promise.all(batches.map((batch) => append(programId, batch)));
    const found = await read(chain);
    let head = genesisHead(programId, digest);
    for (const record of found) {
      expect(findBreak(programId, head, record, digest)).toBeUndefined();
      head = record;
    }
    expect(await chain.head(programId)).toEqual({ sequence: head.sequence, hash: head.hash });
    expect(found).toHaveLength(APPENDERS + 2);
    expect(new Set(found.map(({ subjectId }) => subjectId)).size).toBe(APPENDERS + 2);
    expect(outcomes.reduce((sum, { appended }) => sum + appended, 0)).toBe(APPENDERS + 2);
  }, 60_000);
});
