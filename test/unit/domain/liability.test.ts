import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CASH,
  type JournalEntry,
  PAYOUTS_IN_TRANSIT,
  payableAccount,
  statementPostings,
  transfer,
} from '#shared/domain/ledger/journal';
import { isKnownAt, makeLedgerFold, sumLiability, termsKnownAt } from '#shared/domain/ledger/liability';
import type { Instant } from '#shared/domain/time/instant';
import { instant } from '#test/support/builders/runs';

const entry = (partnerId: string, postings: JournalEntry['postings']): JournalEntry => ({
  entryId: 'e',
  programId: 'acme',
  partnerId,
  postedAt: instant('2026-02-01T00:00:00Z'),
  kind: 'statement',
  currency: 'GBP',
  postings,
  links: {},
  description: '',
});

describe('what the journal says is owed', () => {
  it('is what was expensed and not yet paid, for any entries', () => {
    const minor = fc.bigInt({ min: -500n, max: 500n }).filter((amount) => amount !== 0n);
    const anEntry = fc.oneof(
      fc
        .tuple(fc.constantFrom('p1', 'p2'), minor, minor)
        .map(([id, moved, lost]) => entry(id, statementPostings(id, moved, lost))),
      fc
        .tuple(fc.constantFrom('p1', 'p2'), minor)
        .map(([id, sum]) => entry(id, transfer(payableAccount(id), PAYOUTS_IN_TRANSIT, sum))),
      fc
        .tuple(fc.constantFrom('p1', 'p2'), minor)
        .map(([id, sum]) => entry(id, transfer(PAYOUTS_IN_TRANSIT, CASH, sum))),
    );
    fc.assert(
      fc.property(fc.array(anEntry), (entries) => {
        const fold = makeLedgerFold();
        for (const one of entries) fold.add(one);
        const of = (isOne: (account: string) => boolean): bigint =>
          entries
            .flatMap(({ postings }) => postings)
            .reduce((sum, one) => sum + (isOne(one.account) ? one.amountMinor : 0n), 0n);
        const owed = fold.payableMinor('GBP') + fold.inTransitMinor('GBP');
        expect(owed).toBe(of((account) => account.startsWith('expense:')) + of((account) => account === CASH));
        expect(fold.payableMinor('GBP')).toBe(fold.payableMinor('GBP', 'p1') + fold.payableMinor('GBP', 'p2'));
      }),
    );
  });

  it('shows the largest accruals and adds the others up', () => {
    const rows = [3n, -9n, 5n, 0n].map((accruedMinor, index) => ({
      partnerId: `p${index}`,
      currency: 'GBP',
      accruedMinor,
    }));
    const { totals, partners, others } = sumLiability(makeLedgerFold(), rows, 2);
    expect(partners.map(({ accruedMinor }) => accruedMinor)).toEqual([-9n, 5n]);
    expect(others).toEqual([{ currency: 'GBP', partners: 1, accruedMinor: 3n }]);
    expect(totals).toEqual([
      { currency: 'GBP', payableMinor: 0n, inTransitMinor: 0n, accruedMinor: -1n, totalMinor: -1n },
    ]);
  });
});

describe('what was known at an instant', () => {
  const at = instant('2026-02-01T00:00:00Z');
  const before = '2026-01-31T00:00:00.000Z' as Instant;
  const after = '2026-02-02T00:00:00.000Z' as Instant;

  it('had occurred, was recorded and had its partner by then', () => {
    expect(isKnownAt({ occurredAt: at }, at)).toBe(true);
    expect(isKnownAt({ occurredAt: after, recordedAt: before }, at)).toBe(false);
    expect(isKnownAt({ occurredAt: before, recordedAt: after }, at)).toBe(false);
    expect(isKnownAt({ occurredAt: before, recordedAt: before, reattributedAt: after }, at)).toBe(false);
  });

  it('is of terms those that were recorded, without an end that was decided later', () => {
    const term = { from: before, endsAt: after, planVersion: 1, sequence: 0 };
    const known = termsKnownAt(
      {
        partnerId: 'p1',
        agreements: [term, { ...term, endRecordedAt: after }, { ...term, recordedAt: after }],
        tiers: [{ from: before, tier: 'referral', sequence: 0, recordedAt: after }],
      },
      at,
    );
    expect(known.agreements.map(({ endsAt }) => endsAt)).toEqual([after, undefined]);
    expect(known.tiers).toEqual([]);
  });
});
