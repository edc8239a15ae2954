import { describe, expect, it } from 'vitest';
import { auditEffectsOfItem } from '#shared/adapters/dynamodb/money/audit/audit-effects';
import { placeFaultsOf } from '#shared/adapters/dynamodb/money/audit/index-places';
import { resolutionItem } from '#shared/adapters/dynamodb/money/ledger/payout-resolutions';
import { payoutItem } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { changesTo, type PayoutResolution } from '#shared/domain/ledger/payout-resolution';
import { aPayout, at } from '#test/support/builders/payouts';

const WHEN = at('2026-02-03T12:00:00Z');
const LATER = at('2026-02-03T13:00:00Z');
const PROPOSED: PayoutResolution = {
  ...{ resolutionId: 'r1', programId: 'acme', payoutId: aPayout().payoutId, partnerId: 'p1', runId: '2026-01.1' },
  ...{ outcome: 'settled', evidence: { source: 'person', reference: 'letter 7', note: 'x' } },
  ...{ proposedBy: 'key:k', onBehalfOf: 'person:a', proposedAt: WHEN },
  ...{ seenStatus: 'unknown', seenChanges: 2, status: 'proposed' },
};
const subjectId = `r1~${PROPOSED.payoutId}`;
const decided = (decision: 'confirm' | 'decline'): PayoutResolution => ({
  ...PROPOSED,
  status: decision === 'confirm' ? 'confirmed' : 'declined',
  decision: { decision, by: 'person:b', at: LATER },
});

describe('what was said of a payout, in the audit chain', () => {
  it('is the proposal as it was made, whatever became of it', () => {
    const [proposal] = auditEffectsOfItem(resolutionItem(PROPOSED));
    expect(proposal).toMatchObject({
      ...{ kind: 'payout.resolution_proposed', subjectId, occurredAt: WHEN, recordedBy: 'key:k' },
      content: { outcome: 'settled', onBehalfOf: 'person:a', evidence: PROPOSED.evidence, seenStatus: 'unknown' },
    });
    expect(auditEffectsOfItem(resolutionItem(decided('confirm')))[0]).toEqual(proposal);
  });

  it.each([
    ['confirm', 'payout.resolved'],
    ['decline', 'payout.resolution_declined'],
  ] as const)('is the decision to %s, by who gave it', (decision, kind) => {
    expect(auditEffectsOfItem(resolutionItem(decided(decision))).slice(1)).toMatchObject([
      { kind, subjectId, occurredAt: LATER, recordedBy: 'person:b', content: { decision: { decision } } },
    ]);
  });

  it('is the acceptance too that a settlement or a return proves, although the payout never said it', () => {
    const unknown = aPayout({ status: 'unknown', rail: 'stripe', updatedAt: WHEN });
    const kindsOf = (outcome: 'settled' | 'returned' | 'failed'): readonly string[] => {
      const last = changesTo(unknown, outcome, LATER, { by: 'person:b' }).at(-1);
      return auditEffectsOfItem(payoutItem(last!.payout)).map(({ kind }) => kind);
    };
    expect(kindsOf('settled')).toEqual(['payout.submitted', 'payout.settled']);
    expect(kindsOf('returned')).toEqual(['payout.submitted', 'payout.returned']);
    expect(kindsOf('failed')).toEqual(['payout.failed']);
  });

  it('is found by its run, and a proof names it where it is not', () => {
    expect(placeFaultsOf(resolutionItem(PROPOSED))).toEqual([]);
    const lost = { ...resolutionItem(PROPOSED), periodPk: 'elsewhere' };
    expect(placeFaultsOf(lost)).toMatchObject([{ field: 'index key periodPk' }]);
  });
});
