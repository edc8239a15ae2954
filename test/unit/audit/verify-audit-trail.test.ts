import { describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { Failure } from '#shared/application/failure';
import { type AuditVerification, proofsOf } from '#shared/application/payouts/proof/audit-verification';
import { makeProvePeriod } from '#shared/application/payouts/proof/prove-period';
import { makeVerifyAuditTrail, type ProvePeriod } from '#shared/application/payouts/proof/verify-audit-trail';
import type { Verification } from '#shared/application/payouts/proof/verify-program';
import type { Program } from '#shared/application/programs';
import { TimeIsOver, UNLIMITED } from '#shared/application/time-box';
import { type AuditFact, type AuditRecord, chainFacts, genesisHead } from '#shared/domain/audit/audit-chain';
import type { Period } from '#shared/domain/time/instant';
import { at } from '#test/support/builders/payouts';
import { makeFakeAuditChain } from '#test/support/fakes/audit-chain';
import { makeFakeVerifications } from '#test/support/fakes/audit-verifications';

const JANUARY = '2026-01' as Period;
const EQUAL = { status: 'equal', statements: 3, entries: 3, balances: 3, differences: [], unnamed: 0 } as const;

const aFact = (subjectId: string): AuditFact => ({
  kind: 'payout.submitted',
  subjectId,
  occurredAt: at('2026-01-01T00:00:00Z'),
  recordedBy: 'system:payouts',
  content: '{}',
});
const recordsOf = (count: number): AuditRecord[] => [
  ...chainFacts(
    'acme',
    genesisHead('acme', digest),
    Array.from({ length: count }, (_, index) => aFact(`p${index + 1}`)),
    digest,
  ),
];

/** `msARecord`: how far the clock moves at each look at it. */
async function aHouse(count: number, over: { msALook?: number; provePeriod?: ProvePeriod } = {}) {
  const trail = makeFakeAuditChain();
  if (count > 0) {
    const records = recordsOf(count).map((record) => ({ ...record, contentDigest: '' }));
    await trail.append('acme', undefined, records);
  }
  const verifications = makeFakeVerifications();
  let now = Date.parse('2026-03-01T00:00:00Z');
  let ids = 0;
  const verify = makeVerifyAuditTrail({
    trail,
    verifications,
    programs: { get: async () => ({ programId: 'acme' }) as Program },
    provePeriod: over.provePeriod ?? (async (_programId, period) => ({ ...EQUAL, period })),
    digest,
    clock: () => {
      now += over.msALook ?? 1;
      return now;
    },
  });
  const ask = (input: Partial<Parameters<typeof verify>[0]> = {}): Promise<AuditVerification> => {
    ids += 1;
    return verify({ programId: 'acme', verificationId: `v${ids}`, by: 'person:fin', ...input });
  };
  return { trail, verifications, ask };
}

describe('a verification of the audit chain', () => {
  it('follows the chain to its head, and is kept with who asked', async () => {
    const { ask, verifications, trail } = await aHouse(5);
    const found = await ask();
    const head = { sequence: 5, hash: trail.records[4]?.hash };
    expect(found).toMatchObject({ status: 'equal', by: 'person:fin', chain: { head, through: head, earlierHeads: 0 } });
    expect((await verifications.list('acme', { limit: 9 })).items).toEqual([found]);
    expect(proofsOf(found).proved).toEqual(['chain_links', 'chain_end']);
    expect(proofsOf(found).notProved).toContain('effects_recorded');
  });

  it('holds for a programme without records', async () => {
    const { ask } = await aHouse(0);
    expect(await ask()).toMatchObject({ status: 'equal', chain: { through: { sequence: 0 } } });
  });

  it.each([
    ['content', 'hash'],
    ['previousHash', 'previousHash'],
  ] as const)('names the first record that is broken when its %s was changed', async (member, field) => {
    const { ask, trail } = await aHouse(5);
    trail.records[2] = { ...(trail.records[2] as AuditRecord), [member]: 'x' };
    const found = await ask();
    expect(found).toMatchObject({
      status: 'different',
      chain: { through: { sequence: 2 }, broken: { sequence: 3, field } },
    });
    expect(proofsOf(found).proved).toEqual([]);
  });

  it('names a record that was taken out, and an end that was cut off', async () => {
    const gap = await aHouse(5);
    gap.trail.records.splice(1, 1);
    expect(await gap.ask()).toMatchObject({ chain: { broken: { sequence: 3, field: 'sequence', expected: '2' } } });
    const cut = await aHouse(5);
    cut.trail.records.pop();
    expect(await cut.ask()).toMatchObject({ status: 'different', chain: { broken: { sequence: 5, field: 'head' } } });
  });

  it('finds a chain that was written anew, by the heads that it saw before', async () => {
    const { ask, trail } = await aHouse(3);
    await ask();
    const genesis = genesisHead('acme', digest);
    const forged = chainFacts('acme', genesis, ['x', 'y', 'z', 'p4'].map(aFact), digest);
    trail.records.splice(0, 3, ...forged.slice(0, 3));
    expect(await ask()).toMatchObject({ status: 'different', chain: { broken: { sequence: 3, field: 'kept' } } });
  });

  it('finds a chain that ends earlier than it did, head and all', async () => {
    const { ask, trail } = await aHouse(3);
    await ask();
    const [, second] = trail.records;
    trail.records.pop();
    trail.head = async () => ({ sequence: 2, hash: second?.hash ?? '' });
    expect(await ask()).toMatchObject({ status: 'different', chain: { broken: { sequence: 2, field: 'kept' } } });
  });

  it('passes through the heads of earlier verifications, and through one that was kept elsewhere', async () => {
    const { ask, trail } = await aHouse(3);
    await ask();
    const again = await ask({ head: trail.records[1]?.hash });
    expect(again).toMatchObject({ status: 'equal', chain: { earlierHeads: 1 } });
    expect(proofsOf(again).proved).toContain('earlier_heads');
    expect(await ask({ head: 'f'.repeat(64) })).toMatchObject({
      status: 'different',
      chain: { broken: { field: 'kept' } },
    });
  });

  it('ends unfinished when its time is over, and is continued from there', async () => {
    const { ask } = await aHouse(40, { msALook: 1_000 });
    const first = await ask({ period: JANUARY });
    expect(first.status).toBe('unfinished');
    expect(first.period).toBeUndefined();
    expect(first.chain.through.sequence).toBeGreaterThan(0);
    expect(proofsOf(first).proved).toEqual([]);
    const second = await ask({ continues: first.verificationId });
    expect(second.chain.through.sequence).toBeGreaterThan(first.chain.through.sequence);
    const third = await ask({ continues: second.verificationId });
    expect(third).toMatchObject({
      status: 'equal',
      continues: second.verificationId,
      chain: { through: { sequence: 40 } },
    });
    await expect(ask({ continues: third.verificationId })).rejects.toMatchObject({
      errors: [{ pointer: '/continues' }],
    });
  });

  it('computes a month again only once the chain holds', async () => {
    const asked: string[] = [];
    const provePeriod: ProvePeriod = async (_programId, period) => {
      asked.push(period);
      return { ...EQUAL, period, status: asked.length > 1 ? 'different' : 'equal' };
    };
    const { ask, trail } = await aHouse(2, { provePeriod });
    const found = await ask({ period: JANUARY });
    expect(proofsOf(found).proved).toEqual([
      'chain_links',
      'chain_end',
      'period_statements',
      'period_approvals',
      'period_journal',
    ]);
    expect((await ask({ period: JANUARY })).status).toBe('different');
    trail.records[0] = { ...(trail.records[0] as AuditRecord), content: 'x' };
    await ask({ period: JANUARY });
    expect(asked).toHaveLength(2);
  });
});

describe('the proof of a month', () => {
  const verification: Verification = { runs: 1, statements: 2, entries: 2, balances: 2, differences: [], unnamed: 0 };
  const prove = (verify: () => Promise<Verification>) => makeProvePeriod(() => verify)('acme', JANUARY, UNLIMITED);

  it('keeps the first differences and counts the others', async () => {
    const difference = { subject: 'statement', id: 's', field: 'f', stored: '1', recomputed: '2' } as const;
    const differences = Array.from({ length: 60 }, () => difference);
    const found = await prove(async () => ({ ...verification, differences, unnamed: 3 }));
    expect(found).toMatchObject({ status: 'different', unnamed: 13 });
    expect(found.differences).toHaveLength(50);
  });

  it('is unfinished when the time is over', async () => {
    const found = await prove(() => Promise.reject(new TimeIsOver('over')));
    expect(found).toMatchObject({ status: 'unfinished', statements: 0 });
  });

  it('names the period that has no approved run, and passes on what else failed', async () => {
    await expect(prove(() => Promise.reject(new Failure('not_found', 'no run')))).rejects.toMatchObject({
      errors: [{ pointer: '/period' }],
    });
    await expect(prove(() => Promise.reject(new Error('throttled')))).rejects.toThrow('throttled');
  });
});
