import { describe, expect, it } from 'vitest';
import type { NothingReader } from '#shared/application/payouts/explain/explain-ports';
import { makeDifferences } from '#shared/application/payouts/proof/verify-differences';
import { makeNothingComparison } from '#shared/application/payouts/proof/verify-nothing';
import type { NothingEarned } from '#shared/domain/statement/statement';

const why = (conversionId: string, reason: string, componentId?: string): NothingEarned => ({
  conversionId,
  reason,
  ...(componentId === undefined ? {} : { componentId }),
});

/** What is named when the first pages are recomputed and the second stored. */
async function named(recomputed: readonly NothingEarned[][], stored: readonly NothingEarned[][]): Promise<string[]> {
  const reader: NothingReader = {
    nothingPages: async (_programId, _statementId, { after, limit }) => {
      const all = stored.map((entries, index) => ({ ordinal: index + 1, entries }));
      return { pages: all.slice(after, after + limit), more: after + limit < all.length };
    },
  };
  const differences = makeDifferences();
  const comparison = makeNothingComparison(reader, differences);
  for (const [index, items] of recomputed.entries()) await comparison.take('acme', 's1', index + 1, items);
  await comparison.end('acme', 's1');
  return differences.found.map(({ id, field, stored: one, recomputed: other }) => `${id}: ${field}: ${one} / ${other}`);
}

describe('comparing why sales earned nothing', () => {
  it('finds equal pages equal', async () => {
    const pages = [[why('o1', 'no_tier')], [why('o2', 'cap_reached', 'share'), why('o2', 'no_tier', 'fee')]];
    expect(await named(pages, pages)).toEqual([]);
    expect(await named([], [])).toEqual([]);
  });

  it('names a reason that was changed, by order and component', async () => {
    expect(await named([[why('o1', 'no_tier', 'share')]], [[why('o1', 'cap_reached', 'share')]])).toEqual([
      's1: why o1 earned nothing by share: cap_reached / no_tier',
    ]);
  });

  it('names a reason that was left out, and one that was slipped in', async () => {
    expect(await named([[why('o1', 'no_tier'), why('o2', 'no_tier')]], [[why('o1', 'no_tier')]])).toEqual([
      's1: why o2 earned nothing: missing / no_tier',
    ]);
    expect(await named([[why('o1', 'no_tier')]], [[why('o1', 'no_tier'), why('o9', 'no_tier')]])).toEqual([
      's1: why o9 earned nothing: no_tier / nothing',
    ]);
  });

  it('names pages that no fact leads to', async () => {
    const surplus = Array.from({ length: 6 }, (_, index) => [why(`x${index}`, 'no_tier')]);
    expect(await named([], surplus)).toHaveLength(6);
    expect(await named([[why('x0', 'no_tier')]], surplus)).toHaveLength(5);
  });

  it('names what is missing of a page that is gone', async () => {
    expect(await named([[why('o1', 'no_tier')]], [])).toEqual(['s1: why o1 earned nothing: missing / no_tier']);
  });
});
