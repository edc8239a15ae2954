import { describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { type AuditEffect, factOf } from '#shared/application/payouts/proof/audit-effects';
import { type StoredEffect, verifyAudit } from '#shared/application/payouts/proof/verify-audit';
import { makeDifferences } from '#shared/application/payouts/proof/verify-differences';
import { chainFacts, genesisHead } from '#shared/domain/audit/audit-chain';
import type { Instant } from '#shared/domain/time/instant';
import { makeFakeAuditChain } from '#test/support/fakes/audit-chain';

const NOW = Date.parse('2026-03-01T00:00:00Z');
const anEffect = (subjectId: string, over: Partial<AuditEffect> = {}): AuditEffect => ({
  programId: 'acme',
  kind: 'adjustment.recorded',
  subjectId,
  occurredAt: '2026-02-01T00:00:00.000Z' as Instant,
  recordedBy: 'person:fin',
  content: { adjustmentId: subjectId, amountMinor: 2500n, currency: 'GBP' },
  ...over,
});

/** A chain with a record of each effect, and the stores as they are now. */
async function proofOf(
  recorded: readonly AuditEffect[],
  stored: readonly StoredEffect[],
  tamper: (chain: ReturnType<typeof makeFakeAuditChain>) => void = () => {},
) {
  const chain = makeFakeAuditChain();
  const facts = recorded.map((effect) => factOf(effect, digest));
  const records = chainFacts('acme', genesisHead('acme', digest), facts, digest);
  if (records.length > 0)
    await chain.append(
      'acme',
      undefined,
      records.map((it) => ({ ...it, contentDigest: '' })),
    );
  tamper(chain);
  const audited = {
    all: async function* () {
      yield* stored;
    },
    terms: async function* () {},
    find: async () => undefined,
  };
  const differences = makeDifferences();
  const given = { programId: 'acme', runIds: [], since: '2026-01' };
  const verified = await verifyAudit({ trail: chain, audited, digest, clock: () => NOW }, given, differences);
  return {
    verified,
    named: differences.found.map(({ id, field, stored: one, recomputed }) => `${id}: ${field}: ${one} / ${recomputed}`),
  };
}

const [a, b, c] = ['a1', 'a2', 'a3'].map((id) => anEffect(id)) as [AuditEffect, AuditEffect, AuditEffect];

describe('the proof of a stored audit chain', () => {
  it('finds effects and records equal, whatever the order of the stores', async () => {
    expect(await proofOf([a, b, c], [c, a, b])).toEqual({ verified: { records: 3, onTheirWay: 0 }, named: [] });
  });

  it('names the member of an effect that was changed, with what its record says', async () => {
    const changed = anEffect('a2', { content: { adjustmentId: 'a2', amountMinor: 9500n, currency: 'GBP' } });
    expect((await proofOf([a, b, c], [a, changed, c])).named).toEqual([
      'adjustment.recorded a2: record 2, amountMinor: 2500 / 9500',
    ]);
    const backdated = anEffect('a2', { occurredAt: '2026-01-01T00:00:00.000Z' as Instant, recordedBy: 'person:eve' });
    expect((await proofOf([a, b, c], [a, backdated, c])).named).toEqual([
      'adjustment.recorded a2: record 2, recordedBy: person:fin / person:eve',
      'adjustment.recorded a2: record 2, occurredAt: 2026-02-01T00:00:00.000Z / 2026-01-01T00:00:00.000Z',
    ]);
  });

  it('names an effect that was taken away, and one that was slipped in', async () => {
    expect((await proofOf([a, b], [a])).named).toEqual([
      'adjustment.recorded a2: what record 2 says: {"adjustmentId":"a2","amountMinor":2500,"currency":"GBP"} / nothing',
    ]);
    expect((await proofOf([a], [a, b])).named).toEqual([
      'adjustment.recorded a2: record: missing / {"adjustmentId":"a2","amountMinor":2500,"currency":"GBP"}',
    ]);
  });

  it('waits a quarter of an hour for a record before it calls it missing', async () => {
    const young = anEffect('a9', { occurredAt: '2026-02-28T23:46:00.000Z' as Instant });
    expect(await proofOf([a], [a, young])).toEqual({ verified: { records: 1, onTheirWay: 1 }, named: [] });
    const old = anEffect('a9', { occurredAt: '2026-02-28T23:45:00.000Z' as Instant });
    expect((await proofOf([a], [a, old])).named).toHaveLength(1);
  });

  it('asks for no record of a state that may not have been, and compares one without its time', async () => {
    const { occurredAt: _, ...untimed } = b;
    expect((await proofOf([a], [a, { ...b, isOptional: true }])).named).toEqual([]);
    expect((await proofOf([a, b], [a, { ...untimed, isOptional: true }])).named).toEqual([]);
    const changed = { ...untimed, content: { adjustmentId: 'a2', amountMinor: 1n, currency: 'GBP' }, isOptional: true };
    expect((await proofOf([a, b], [a, changed])).named).toEqual([
      'adjustment.recorded a2: record 2, amountMinor: 2500 / 1',
    ]);
  });

  it('names the one record that was changed, and not those behind it', async () => {
    const { named } = await proofOf([a, b, c], [a, b, c], ({ records }) => {
      const record = records[1]!;
      records[1] = { ...record, content: record.content.replace('2500', '9500') };
    });
    expect(named).toEqual([
      expect.stringMatching(/^record 2 \(adjustment.recorded a2\): hash: [0-9a-f]{64} \/ [0-9a-f]{64}$/),
      'adjustment.recorded a2: record 2, amountMinor: 9500 / 2500',
    ]);
  });

  it('names a gap, and a head that is not the end', async () => {
    const gap = await proofOf([a, b, c], [a, b, c], ({ records }) => void records.splice(1, 1));
    expect(gap.named).toEqual([
      'record 3 (adjustment.recorded a3): sequence: 3 / 2',
      'adjustment.recorded a2: record: missing / {"adjustmentId":"a2","amountMinor":2500,"currency":"GBP"}',
    ]);
    const cut = await proofOf([a, b], [a, b], ({ records }) => void records.pop());
    expect(cut.named[0]).toBe('head: sequence: 2 / 1');
  });

  it('holds for a programme without records and effects', async () => {
    expect(await proofOf([], [])).toEqual({ verified: { records: 0, onTheirWay: 0 }, named: [] });
  });
});
