import { describe, expect, it } from 'vitest';
import type { VerifyProgramDeps } from '#shared/application/payouts/proof/verify-program';
import { NOTHING_BEFORE, type ReviewRow } from '#shared/domain/run/review';
import type { ReviewSummary } from '#shared/domain/run/review-summary';
import { aClosedHistory } from '#test/support/builders/closed-history';
import { instant } from '#test/support/builders/runs';

const named = ({ differences }: { differences: readonly object[] }): readonly string[] =>
  differences.map((difference) => Object.values(difference).join(' | '));

/** The reviews as somebody changed them, of January or of all runs. */
function withReviews(
  deps: VerifyProgramDeps,
  change: {
    readonly row?: (row: ReviewRow) => readonly ReviewRow[];
    readonly summary?: (summary: ReviewSummary) => ReviewSummary | undefined;
  },
): Partial<VerifyProgramDeps> {
  const { row = (same: ReviewRow) => [same], summary = (same: ReviewSummary) => same } = change;
  return {
    reviews: {
      summary: async (review) => {
        const stored = await deps.reviews.summary(review);
        return stored && summary(stored);
      },
      async *pages(review, of) {
        for await (const page of deps.reviews.pages(review, of)) {
          yield review.runId === '2026-01.1' ? { ...page, rows: page.rows.flatMap(row) } : page;
        }
      },
    },
  };
}
const only = (partnerId: string, over: Partial<ReviewRow>) => (row: ReviewRow) => [
  row.partnerId === partnerId ? { ...row, ...over } : row,
];

describe('verifying what approvers saw', () => {
  it('finds every row, sum and rule as the facts lead to them', async () => {
    expect(named(await (await aClosedHistory()).verify())).toEqual([]);
    expect(named(await (await aClosedHistory({ waiting: true })).verify())).toEqual([]);
  });

  it.each([
    ['statement', { statement: undefined }, 'review, p1 GBP, statement | none'],
    ['waitingMinor', { waitingMinor: 1n }, 'review, p1 GBP, waitingMinor | 1 | 0'],
    ['standingHolds', { standingHolds: ['h1'] }, 'review, p1 GBP, standingHolds | ["h1"] | []'],
    ['attemptBefore', { attemptBefore: NOTHING_BEFORE }, 'review, p1 GBP, attemptBefore'],
    ['outcome', { outcome: 'held' }, 'review, p1 GBP, outcome | "held" | "pay"'],
    ['flags', { flags: [] }, 'review, p1 GBP, flags | [] | ["new_payee"]'],
    ['payee', { payee: { payeeId: 'other', rail: 'sandbox' } }, 'review, root'],
    ['openDisputes', { openDisputes: 3 }, 'review, root'],
  ] as const)('names a row whose %s was changed', async (_name, over, expected) => {
    const { deps, verify } = await aClosedHistory();
    const differences = named(await verify(withReviews(deps, { row: only('p1', over as Partial<ReviewRow>) })));
    expect(differences.some((text) => text.startsWith(`run | 2026-01.1 | ${expected}`))).toBe(true);
    expect(differences.some((text) => text.startsWith('run | 2026-01.1 | contentHash'))).toBe(true);
  });

  it('names a statement without a row, and a payout that was handed over though it was excluded', async () => {
    const { deps, verify } = await aClosedHistory();
    const gone = named(await verify(withReviews(deps, { row: (row) => (row.partnerId === 'p2' ? [] : [row]) })));
    expect(gone.some((text) => text.startsWith('statement | 2026-01.1~p2~GBP | row of the review | missing'))).toBe(
      true,
    );
    const excluded = named(await verify(withReviews(deps, { row: only('p1', { outcome: 'held' }) })));
    expect(excluded).toContain('payout | po~2026-01.1~p1~GBP | paid by run 2026-01.1 | 4005 | held');
  });

  it('names a payout that was handed over for another payee than approvers saw', async () => {
    const { deps, verify } = await aClosedHistory();
    const getMany: VerifyProgramDeps['payouts']['getMany'] = async (...asked) =>
      (await deps.payouts.getMany(...asked)).map((payout) => ({ ...payout, payeeId: 'somebody else' }));
    const differences = named(await verify({ payouts: { ...deps.payouts, getMany } }));
    expect(differences).toContain(
      'payout | po~2026-01.1~p1~GBP | payee of run 2026-01.1 | somebody else | p1.enrolment',
    );
  });

  it('names sums that the rows do not make, rules that were not in force, and a review that is gone', async () => {
    const { deps, verify } = await aClosedHistory();
    const sums = withReviews(deps, {
      summary: ({ header, totals }) => ({ header, totals: totals.map((one) => ({ ...one, payMinor: 1n })) }),
    });
    expect(named(await verify(sums))).toContain('run | 2026-01.1 | review, total GBP, payMinor | 1 | 5505');
    const rules = withReviews(deps, {
      summary: ({ header, totals }) => ({ header: { ...header, changeFlagPercent: 99 }, totals }),
    });
    expect(named(await verify(rules))).toContain('run | 2026-01.1 | review, changeFlagPercent | 99 | 50');
    const gone = named(await verify(withReviews(deps, { summary: () => undefined })));
    expect(gone.some((text) => text.startsWith('run | 2026-01.1 | review | missing'))).toBe(true);
  });

  it('names a hold that was in force and not shown, and takes one of the same minute as either', async () => {
    const { deps, verify } = await aClosedHistory();
    const holding = (at: string): Partial<VerifyProgramDeps> => ({
      holds: {
        async *all() {
          const said = { reason: 'x', by: 'person:x', at: instant(at) };
          yield {
            programId: 'acme',
            holdId: 'h1',
            partnerId: 'p1',
            ...said,
            release: { ...said, at: instant('2026-02-20T00:00:00Z') },
          };
        },
      },
    });
    const hidden = named(await verify(holding('2026-01-31T08:00:00Z')));
    expect(hidden).toContain('run | 2026-01.1 | review, p1 GBP, standingHolds | [] | ["h1"]');
    expect(named(await verify(holding('2026-02-01T07:59:30Z')))).toEqual([]);
    expect(deps).toBeDefined();
  });

  it('verifies a run from before there were reviews by the content that it was approved with', async () => {
    const { verify } = await aClosedHistory({ reviewed: false });
    expect(named(await verify())).toEqual([]);
  });
});
