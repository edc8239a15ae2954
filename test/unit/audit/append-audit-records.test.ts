import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeAppendAuditRecords, RECORDS_A_TRANSACTION } from '#shared/application/payouts/proof/append-audit-records';
import type { AuditChain } from '#shared/application/payouts/proof/audit-ports';
import type { Log } from '#shared/application/ports';
import { type AuditFact, findBreak, genesisHead } from '#shared/domain/audit/audit-chain';
import type { Instant } from '#shared/domain/time/instant';
import { type FakeAuditChain, makeFakeAuditChain } from '#test/support/fakes/audit-chain';

const aFact = (subjectId: string, content = '{}'): AuditFact => ({
  kind: 'payout.submitted',
  subjectId,
  occurredAt: '2026-01-01T00:00:00.000Z' as Instant,
  recordedBy: 'system:payouts',
  content,
});
const facts = (count: number, from = 0): AuditFact[] =>
  Array.from({ length: count }, (_, index) => aFact(`po-${from + index}`));

function setUp(over: (chain: FakeAuditChain) => Partial<AuditChain> = () => ({})) {
  const chain = makeFakeAuditChain();
  const told: unknown[] = [];
  const log = { error: (message: string, fields: unknown) => told.push([message, fields]) } as unknown as Log;
  const wait = async (): Promise<void> => undefined;
  const append = makeAppendAuditRecords({ chain: { ...chain, ...over(chain) }, digest, log, wait, random: () => 0 });
  return { chain, append, told };
}

function expectWhole({ records }: FakeAuditChain, subjects: readonly string[]): void {
  let head = genesisHead('acme', digest);
  for (const record of records) {
    expect(findBreak('acme', head, record, digest)).toBeUndefined();
    head = record;
  }
  expect(records.map(({ subjectId }) => subjectId).sort()).toEqual([...new Set(subjects)].sort());
}

describe('appending audit records', () => {
  it('appends each fact once, also when it comes again, in one batch or later', async () => {
    const { chain, append } = setUp();
    expect(await append('acme', [...facts(3), ...facts(2)])).toEqual({ appended: 3 });
    expect(await append('acme', facts(4))).toEqual({ appended: 1 });
    expectWhole(chain, ['po-0', 'po-1', 'po-2', 'po-3']);
  });

  it('needs one transaction for each forty facts', async () => {
    let transactions = 0;
    const { chain, append } = setUp((fake) => ({
      append: (...given) => {
        transactions += 1;
        return fake.append(...given);
      },
    }));
    await append('acme', facts(2 * RECORDS_A_TRANSACTION + 1));
    expect(transactions).toBe(3);
    expect(chain.records).toHaveLength(2 * RECORDS_A_TRANSACTION + 1);
  });

  it('goes on where a crash left it: before a transaction, and after one whose answer was lost', async () => {
    let calls = 0;
    const { chain, append } = setUp((fake) => ({
      append: async (...given) => {
        calls += 1;
        if (calls === 2) throw new Error('power cut before');
        const outcome = await fake.append(...given);
        if (calls === 1) return outcome;
        if (calls === 3) throw new Error('power cut after');
        return outcome;
      },
    }));
    const all = facts(3 * RECORDS_A_TRANSACTION);
    await expect(append('acme', all)).rejects.toThrow('power cut before');
    await expect(append('acme', all)).rejects.toThrow('power cut after');
    expect(await append('acme', all)).toEqual({ appended: RECORDS_A_TRANSACTION });
    expectWhole(
      chain,
      all.map(({ subjectId }) => subjectId),
    );
  });

  it('keeps one chain under fifty appenders that all bring some of the same facts', async () => {
    const { chain, append } = setUp((fake) => ({
      head: async (programId) => {
        await new Promise((done) => setImmediate(done));
        return fake.head(programId);
      },
    }));
    const batches = Array.from({ length: 50 }, (_, index) => facts(6, index * 3));
    const outcomes = await Promise.all(batches.map((batch) => append('acme', batch)));
    const subjects = batches.flat().map(({ subjectId }) => subjectId);
    expectWhole(chain, subjects);
    expect(outcomes.reduce((sum, { appended }) => sum + appended, 0)).toBe(new Set(subjects).size);
  });

  it('ends in one chain for any batches, order and repeats', async () => {
    const batches = fc.array(fc.array(fc.nat(30), { maxLength: 8 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(batches, async (given) => {
        const { chain, append } = setUp();
        await Promise.all(
          given.map((ids) =>
            append(
              'acme',
              ids.map((id) => aFact(`po-${id}`)),
            ),
          ),
        );
        expectWhole(
          chain,
          given.flat().map((id) => `po-${id}`),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('keeps what was recorded first, and tells of an effect that says otherwise later', async () => {
    const { chain, append, told } = setUp();
    await append('acme', [aFact('po-1', '{"amountMinor":100}')]);
    expect(await append('acme', [aFact('po-1', '{"amountMinor":900}')])).toEqual({ appended: 0 });
    expect(chain.records.map(({ content }) => content)).toEqual(['{"amountMinor":100}']);
    expect(told).toEqual([
      [
        'an effect was changed after it was recorded',
        { programId: 'acme', kind: 'payout.submitted', subjectId: 'po-1', sequence: 1 },
      ],
    ]);
  });

  it('gives up when others are faster each time, so that the batch is delivered again', async () => {
    const { append } = setUp(() => ({ append: async () => 'refused' }));
    await expect(append('acme', facts(1))).rejects.toThrow('moves too often');
  });
});
