import { describe, expect, it } from 'vitest';
import { auditedEffectOfItem } from '#shared/adapters/dynamodb/partners/partner-audit';

const act = { programId: 'acme', partnerId: 'p1', at: '2026-03-02T00:00:00.000Z', by: 'person:ada' };
const effectOf = (sk: string, item: Record<string, unknown>) =>
  auditedEffectOfItem({ pk: 'acme#PARTNER#p1', sk, ...item });

describe('what the audit chain holds of the Partners table', () => {
  it('is each act by which an agreement comes to count, goes on or ends, and each tier', () => {
    expect(effectOf('AGREEMENT#ag1#ACCEPTED#', { ...act, kind: 'accepted' })).toMatchObject({
      kind: 'agreement.accepted',
      programId: 'acme',
      partnerId: 'p1',
      subjectId: 'p1~ag1',
      occurredAt: act.at,
      recordedBy: 'person:ada',
    });
    expect(effectOf('AGREEMENT#ag1#TERMINATED#t1', act)).toMatchObject({
      kind: 'agreement.terminated',
      subjectId: 'p1~ag1~t1',
    });
    expect(effectOf('AGREEMENT#ag1#RECORDED#', act)).toMatchObject({ kind: 'agreement.recorded', subjectId: 'p1~ag1' });
    expect(effectOf('AGREEMENT#ag1#RENEWED#r1', act)).toMatchObject({
      kind: 'agreement.renewed',
      subjectId: 'p1~ag1~r1',
    });
    expect(effectOf('AGREEMENT#ag1#WITHDRAWN#', act)).toBeUndefined();
    const tier = { partnerId: 'p1', recordedAt: act.at, recordedBy: 'review' };
    expect(effectOf('TIER_ASSIGNED#review.2026-03-01.gold', tier)).toMatchObject({
      kind: 'tier.assigned',
      subjectId: 'p1~review.2026-03-01.gold',
      recordedBy: 'review',
    });
  });

  it('is each certification that a person records, and each that is revoked', () => {
    const recorded = { partnerId: 'p1', recordedAt: act.at, recordedBy: 'person:ada', certification: 'basics' };
    expect(effectOf('CERTIFICATION_RECORDED#c1', recorded)).toMatchObject({
      ...{ kind: 'certification.recorded', subjectId: 'p1~c1', occurredAt: act.at, recordedBy: 'person:ada' },
      content: recorded,
    });
    expect(effectOf('REVOCATION#training:basics:1', { ...act, reason: 'Cheated' })).toMatchObject({
      ...{ kind: 'certification.revoked', subjectId: 'p1~training:basics:1', occurredAt: act.at },
      recordedBy: 'person:ada',
    });
  });

  it('is each decision of a dispute', () => {
    const decision = {
      disputeId: 'd1',
      partnerId: 'p1',
      decidedAt: act.at,
      decidedBy: 'person:bob',
      outcome: 'accepted',
    };
    const item = { pk: 'acme#DISPUTE_DECISION#d1', sk: 'DISPUTE_DECISION#000002', ...decision };
    expect(auditedEffectOfItem(item)).toMatchObject({
      kind: 'dispute.decided',
      subjectId: 'd1~2',
      recordedBy: 'person:bob',
      content: decision,
    });
  });

  it("is each version of a programme's tiers, which is no partner's", () => {
    const version = { version: 3, recordedAt: act.at, recordedBy: 'person:ada', scheme: { tiers: [] } };
    const effect = auditedEffectOfItem({ pk: 'acme#TIER_SCHEME', sk: 'TIER_SCHEME#000003', ...version });
    expect(effect).toMatchObject({
      ...{ kind: 'tier_scheme.changed', programId: 'acme', subjectId: '3' },
      ...{ occurredAt: act.at, recordedBy: 'person:ada', content: version },
    });
    expect(effect).not.toHaveProperty('partnerId');
  });

  it('is nothing of profiles, terms and bank details', () => {
    for (const sk of ['PROFILE', 'TERMS', 'PAYEE', 'TIER_CHANGE#000001']) expect(effectOf(sk, {})).toBeUndefined();
  });
});
