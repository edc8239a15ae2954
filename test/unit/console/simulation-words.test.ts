import { describe, expect, it } from 'vitest';
import { monthsToChoose } from '#functions/console/plans/simulation-months';
import { costSentences, type Total } from '#functions/console/plans/simulation-words';
import { makeFormat } from '#functions/console/web/format';

const format = makeFormat('en-GB', 'UTC');
const total = (over: Partial<Total>): Total => ({
  currency: 'EUR',
  paidEarnedMinor: 0,
  simulatedEarnedMinor: 0,
  differenceMinor: 0,
  better: 0,
  worse: 0,
  same: 0,
  ...over,
});
const months = Array.from({ length: 6 }, (_, at) => ({ period: `2026-0${at + 1}`, estimate: false }));

describe('what a simulation comes to', () => {
  it.each([
    [
      total({ differenceMinor: 123_400, worse: 3, better: 1 }),
      'Costs €1,234.00 more over 6 months; 3 partners earn less and 1 partner earns more.',
    ],
    [
      total({ differenceMinor: -5, same: 2, worse: 1 }),
      'Costs €0.05 less over 6 months; 1 partner earns less and 2 partners earn the same.',
    ],
    [total({ same: 1 }), 'Costs as much as today in EUR over 6 months; 1 partner earns the same.'],
  ])('is said in a sentence of cost and partners', (one, sentence) => {
    expect(costSentences({ totals: [one], months, estimate: false }, format)).toEqual([sentence]);
  });

  it('is said of each currency by itself, and as an estimate where it is one', () => {
    const totals = [
      total({ differenceMinor: 1, better: 1 }),
      total({ currency: 'GBP', differenceMinor: 2, better: 1 }),
    ];
    expect(costSentences({ totals, months: months.slice(0, 1), estimate: true }, format)).toEqual([
      'Costs €0.01 more in the one month simulated, partly estimated; 1 partner earns more.',
      'Costs £0.02 more in the one month simulated, partly estimated; 1 partner earns more.',
    ]);
    expect(costSentences({ totals: [], months, estimate: false }, format)).toEqual([
      'Nothing was earned over 6 months: neither today’s terms nor this plan pay anything.',
    ]);
  });
});

describe('months to simulate', () => {
  it('are those of the books, newest first; proposed are the last six that were closed', () => {
    const given = monthsToChoose({ booksOpenFrom: '2025-12', closedThrough: '2026-09' }, '2026-11');
    expect([given.months[0], given.months.at(-1), given.months.length]).toEqual(['2026-11', '2025-12', 12]);
    expect(given).toMatchObject({ from: '2026-04', to: '2026-09', estimate: false });
  });

  it('propose the present one, as an estimate, where none was closed', () => {
    const given = monthsToChoose({ booksOpenFrom: '2026-10', closedThrough: '2026-09' }, '2026-11');
    expect(given).toEqual({ months: ['2026-11', '2026-10'], from: '2026-11', to: '2026-11', estimate: true });
  });

  it('offer at most three years', () => {
    const { months: offered } = monthsToChoose({ booksOpenFrom: '2015-01', closedThrough: '2026-10' }, '2026-11');
    expect([offered.length, offered[0], offered.at(-1)]).toEqual([36, '2026-11', '2023-12']);
  });
});
