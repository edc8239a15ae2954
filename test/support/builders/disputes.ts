import type { Dispute } from '#shared/application/partners/dispute-ports';
import { instant } from '#test/support/builders/referrals';

export function aDispute(overrides: Partial<Dispute> = {}): Dispute {
  return {
    programId: 'acme',
    disputeId: 'd1',
    partnerId: 'mira',
    orderId: 'o1',
    kind: 'missing',
    statement: 'I sent this customer.',
    evidence: [{ kind: 'note', value: 'Mail of 3 March' }],
    order: 'recorded',
    status: 'open',
    filedAt: instant('2026-03-10T09:00:00Z'),
    filedBy: 'person:mira',
    answerBy: instant('2026-03-20T09:00:00Z'),
    decisions: [],
    messages: 0,
    messageBytes: 0,
    version: 1,
    ...overrides,
  };
}
