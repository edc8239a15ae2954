import { describe, expect, it } from 'vitest';
import { aHalf, of, sale } from '#test/support/builders/computed-run';
import { JANUARY } from '#test/support/builders/runs';

describe('listing statements', () => {
  it('says which payouts the approvers held back', async () => {
    const half = await aHalf([sale('o1'), sale('o2', { partnerId: 'p2' })], ['p1', 'p2']);
    const run = await half.toDecision(JANUARY);
    await half.approve(run, 'person:one', ['p2']);
    await half.approve(run, 'person:two', ['p2']);
    expect((await of(half)).items.map(({ partnerId, held }) => [partnerId, held])).toEqual([
      ['p1', false],
      ['p2', true],
    ]);
  });
});

describe('the lists of statements', () => {
  it('show a partner nothing before the approval and only its own after it', async () => {
    const half = await aHalf([sale('o1'), sale('o2', { partnerId: 'p2' })], ['p1', 'p2']);
    const run = await half.toDecision(JANUARY);
    const own = { programId: 'acme', onlyPartners: ['p1'], limit: 10 };
    expect((await half.list(own)).items).toEqual([]);
    const lines = { programId: 'acme', onlyPartners: ['p1'], from: { taken: 0 }, limit: 10 };
    await expect(half.lines({ ...lines, statementId: '2026-01.1~p1~GBP' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await half.approve(run, 'person:a');
    await half.approve(run, 'person:b');
    expect((await half.list(own)).items.map(({ statementId, state }) => [statementId, state])).toEqual([
      ['2026-01.1~p1~GBP', 'final'],
    ]);
    expect((await half.list({ ...own, partnerId: 'p2' })).items).toEqual([]);
    expect((await half.lines({ ...lines, statementId: '2026-01.1~p1~GBP' })).items).toMatchObject([
      {
        kind: 'revenue_share',
        baseMinor: 10_000n,
        rateBps: 1000,
        amountMinor: 1_000n,
        planVersion: 1,
        calculation: expect.stringContaining('10000 x 1000'),
      },
      { kind: 'referral_fee', amountMinor: 500n },
    ]);
    await expect(half.lines({ ...lines, statementId: '2026-01.1~p2~GBP' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('show the newest attempt of each month, newest month first, a page at a time', async () => {
    const half = await aHalf([sale('o1')], ['p1', 'p2']);
    const first = await half.toDecision(JANUARY);
    await half.decide({
      programId: 'acme',
      runId: first.runId,
      by: 'person:a',
      requestId: 'x',
      decision: 'reject',
      contentHash: first.contentHash ?? '',
      comment: 'No',
    });
    half.time.now = Date.parse('2026-03-02T00:00:00Z');
    const second = await half.toDecision(JANUARY);
    await half.approve(second, 'person:a');
    await half.approve(second, 'person:b');
    await half.paid(second);
    await half.toDecision('2026-02' as typeof JANUARY);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await half.list({ programId: 'acme', after, limit: 1 });
      seen.push(...page.items.map(({ statementId, state }) => `${statementId} ${state}`));
      after = page.after;
    } while (after !== undefined);
    expect(seen).toEqual([
      '2026-02.1~p1~GBP draft',
      '2026-02.1~p2~GBP draft',
      '2026-01.2~p1~GBP final',
      '2026-01.2~p2~GBP final',
    ]);
    await expect(half.list({ programId: 'acme', after: '2026-01.1~p1~GBP', limit: 1 })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});
