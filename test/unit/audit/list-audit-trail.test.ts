import { describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeListAuditTrail } from '#shared/application/payouts/proof/list-audit-trail';
import type { Program } from '#shared/application/programs';
import { type AuditFact, chainFacts, genesisHead } from '#shared/domain/audit/audit-chain';
import { at } from '#test/support/builders/payouts';
import { makeFakeAuditChain } from '#test/support/fakes/audit-chain';

const KINDS = ['payout.submitted', 'payout.settled', 'run.decided'] as const;
/** Every third record of 30 has a kind, one a day. */
const FACTS = Array.from(
  { length: 30 },
  (_, index): AuditFact => ({
    kind: KINDS[index % KINDS.length] ?? 'run.decided',
    subjectId: `po~2026-01.1~p${index + 1}~GBP`,
    occurredAt: at(`2026-01-${String(index + 1).padStart(2, '0')}T12:00:00Z`),
    recordedBy: index % 2 === 0 ? 'person:a' : 'system:payouts',
    content: '{}',
  }),
);

const trail = makeFakeAuditChain();
await trail.append(
  'acme',
  undefined,
  chainFacts('acme', genesisHead('acme', digest), FACTS, digest).map((record) => ({ ...record, contentDigest: '' })),
);
const list = makeListAuditTrail({ trail, programs: { get: async () => ({}) as Program }, digest });
type Asked = Partial<Parameters<typeof list>[0]>;

async function sequences(asked: Asked): Promise<number[]> {
  const found: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ programId: 'acme', order: 'oldest', limit: 4, ...asked, cursor });
    found.push(...page.items.map(({ sequence }) => sequence));
    expect(page.head.sequence).toBe(30);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found;
}

describe('the audit trail', () => {
  const decided = [3, 6, 9, 12, 15, 18, 21, 24, 27, 30];

  it('lists each record of a kind once, in either order', async () => {
    expect(await sequences({ kind: 'run.decided' })).toEqual(decided);
    expect(await sequences({ kind: 'run.decided', order: 'newest', limit: 10 })).toEqual(decided.toReversed());
  });

  it('lists what somebody did, what is about a subject, and what took place between two instants', async () => {
    expect(await sequences({ recordedBy: 'person:a', kind: 'run.decided' })).toEqual([3, 9, 15, 21, 27]);
    expect(await sequences({ subject: 'p7~' })).toEqual([7]);
    expect(await sequences({ from: at('2026-01-02T12:00:00Z'), to: at('2026-01-04T12:00:00Z') })).toEqual([2, 3, 4]);
  });

  it('answers a short page with a cursor rather than read on for ever', async () => {
    let reads = 0;
    const endless = {
      ...trail,
      list: async () => {
        reads += 1;
        return { items: [], after: reads };
      },
    };
    const ask = makeListAuditTrail({ trail: endless, programs: { get: async () => ({}) as Program }, digest });
    const page = await ask({ programId: 'acme', order: 'oldest', limit: 1, subject: 'x' });
    expect([page.items, page.nextCursor, reads]).toEqual([[], '20', 20]);
  });
});
