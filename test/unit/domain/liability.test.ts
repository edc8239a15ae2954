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
        const [total] = sumLiability(fold, [], 9).totals;
        expect(total?.netMinor ?? 0n).toBe(
          of((account) => account.startsWith('expense:')) + of((account) => account === CASH),
        );
        const balances = ['p1', 'p2'].map((id) => fold.payableMinor('GBP', id));
        expect((total?.payableMinor ?? 0n) - (total?.receivableMinor ?? 0n)).toBe(
          (balances[0] ?? 0n) + (balances[1] ?? 0n),
        );
        expect(total?.payableMinor ?? 0n).toBe(balances.filter((one) => one > 0n).reduce((sum, one) => sum + one, 0n));
      }),
    );
  });

  it('shows with whom most is at stake and adds the others up, both to the totals', () => {
    const fold = makeLedgerFold();
    fold.add(entry('p1', statementPostings('p1', -4n, 0n)));
    fold.add(entry('p9', statementPostings('p9', 2n, 0n)));
    const rows = [3n, -9n, 5n, 0n].map((accruedMinor, index) => ({
      partnerId: `p${index}`,
      currency: 'GBP',
      accruedMinor,
    }));
    const { totals, partners, others } = sumLiability(fold, rows, 2);
    const nothing = { currency: 'GBP', payableMinor: 0n, receivableMinor: 0n, inTransitMinor: 0n, accruedMinor: 0n };
    expect(partners).toEqual([
      { ...nothing, partnerId: 'p1', receivableMinor: 4n, accruedMinor: -9n },
      { ...nothing, partnerId: 'p2', accruedMinor: 5n },
    ]);
    expect(others).toEqual([{ ...nothing, partners: 2, payableMinor: 2n, accruedMinor: 3n }]);
    expect(totals).toEqual([
      { ...nothing, payableMinor: 2n, receivableMinor: 4n, accruedMinor: -1n, totalMinor: 1n, netMinor: -3n },
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
    expect(isKnownAt({ occurredAt: before, recordedAt: after, reattributedAt: after }, at, after)).toBe(true);
    expect(isKnownAt({ occurredAt: after, recordedAt: before }, at, after)).toBe(false);
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
