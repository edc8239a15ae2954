import { describe, expect, it } from 'vitest';
import type { LinePage, StatementWriter } from '#shared/application/payouts/ports';
import { makeStatementDraft } from '#shared/application/payouts/statements/statement-draft';
import { newHash } from '#test/support/builders/closing-half';
import { instant, JANUARY } from '#test/support/builders/runs';

describe('a statement draft', () => {
  function aWriter() {
    const pages: LinePage[] = [];
    const writer: StatementWriter = {
      putLines: async (_programId, _statementId, page) => void pages.push(page),
      putNothing: async () => {},
      putHeader: async () => {},
      flush: async () => {},
    };
    return { pages, writer };
  }
  const statement = {
    programId: 'acme',
    statementId: '2026-01.1~p1~GBP',
    partnerId: 'p1',
    period: JANUARY,
    currency: 'GBP',
  };
  const amounts = {
    earnedMinor: 0n,
    clawbackMinor: 0n,
    adjustmentMinor: 0n,
    openingBalanceMinor: 0n,
    payableMinor: 0n,
    closingBalanceMinor: 0n,
  };
  const line = (conversionId: string) => ({
    kind: 'revenue_share' as const,
    amountMinor: 1n,
    componentId: 'share',
    planVersion: 1,
    conversionId,
    baseMinor: 10n,
    rateBps: 1000,
  });

  it('keeps pages below 60 kB, never parts the lines of a conversion, and costs far less than a write unit a line', async () => {
    const { pages, writer } = aWriter();
    const draft = makeStatementDraft(writer, newHash(), statement);
    for (let index = 0; index < 5_000; index += 1) {
      const id = `order-${String(index).padStart(8, '0')}`;
      await draft.add('1', { occurredAt: instant('2026-01-15T12:00:00Z'), factId: id }, [line(id), line(id)]);
    }
    expect((await draft.finish(amounts)).lineCount).toBe(10_000);
    const ends = pages.map((page) => [page.lines[0]?.conversionId, page.lines.at(-1)?.conversionId]);
    expect(new Set(ends.flat()).size).toBe(pages.length * 2);
    expect(pages.every((page) => page.first?.factId === page.lines[0]?.conversionId)).toBe(true);
    const bytes = pages.map(
      (page) => JSON.stringify(page.lines, (_key, value) => (typeof value === 'bigint' ? String(value) : value)).length,
    );
    expect(pages.length).toBeGreaterThan(10);
    expect(Math.max(...bytes)).toBeLessThan(130_000);
  });

  it('starts a page for each section', async () => {
    const { pages, writer } = aWriter();
    const draft = makeStatementDraft(writer, newHash(), statement);
    await draft.add('1', { occurredAt: instant('2026-01-15T12:00:00Z'), factId: 'o1' }, [line('o1')]);
    await draft.add('2', undefined, [{ kind: 'fixed_fee', amountMinor: 1n, componentId: 'fee', planVersion: 1 }]);
    await draft.add('3', { occurredAt: instant('2026-01-15T12:00:00Z'), factId: 'r1' }, []);
    await draft.finish(amounts);
    expect(pages.map(({ section }) => section)).toEqual(['1', '2']);
  });
});
