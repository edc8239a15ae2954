import { describe, expect, it } from 'vitest';
import { DELIVERED_TYPES, WEBHOOK_TYPES, webhookEventOf } from '#shared/contracts/notifications/webhooks/webhook-event';

const ENVELOPE = { eventId: 'id', programId: 'acme', occurredAt: '2026-11-22T10:00:00.000Z' };

describe('what receivers are told', () => {
  it('is the facts of an event without its envelope', () => {
    const facts = { partnerId: 'p1', payoutId: 'po1', period: '2026-10', amount: { minor: 100, currency: 'EUR' } };
    expect(webhookEventOf({ ...ENVELOPE, type: 'payout.paid', ...facts })).toEqual({
      ...ENVELOPE,
      type: 'payout.paid',
      data: { programId: 'acme', ...facts },
    });
  });

  it('has no word of a person, nothing that its type does not name, and an answered dispute by its name outside', () => {
    const move = { partnerId: 'p1', from: 'referral', to: 'premium', effectiveFrom: '2026-11-01T00:00:00.000Z' };
    const changed = webhookEventOf({
      ...ENVELOPE,
      type: 'tier.changed',
      ...move,
      reason: 'Jane asked',
      email: 'j@x.example',
    });
    expect(changed.data).toEqual({ programId: 'acme', ...move });
    const decided = { partnerId: 'p1', disputeId: 'd1', number: 1, outcome: 'accepted', remedy: 'none' };
    expect(webhookEventOf({ ...ENVELOPE, type: 'dispute.decided', ...decided, authority: 'admin' })).toMatchObject({
      type: 'dispute.answered',
      data: { programId: 'acme', ...decided },
    });
  });

  it('is nothing that is not on the list', () => {
    expect(() => webhookEventOf({ ...ENVELOPE, type: 'effect.recorded' })).toThrow();
    expect(() => webhookEventOf({ ...ENVELOPE, type: 'dispute.answered' })).toThrow();
    expect(() => webhookEventOf({ ...ENVELOPE, type: 'payout.paid' })).toThrow();
    expect(DELIVERED_TYPES).toHaveLength(WEBHOOK_TYPES.length);
  });
});
