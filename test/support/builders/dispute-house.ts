import { digest } from '#shared/adapters/digest';
import { hashEmail } from '#shared/application/email-hash';
import { makeAddDisputeMessage } from '#shared/application/partners/add-dispute-message';
import { makeDecideDispute } from '#shared/application/partners/decide-dispute';
import { makeEscalateDisputes } from '#shared/application/partners/escalate-disputes';
import { makeFileDispute } from '#shared/application/partners/file-dispute';
import { makeGetDispute, makeListPartnerDisputes } from '#shared/application/partners/read-disputes';
import { makeRecordDisputeRemedy } from '#shared/application/partners/record-dispute-remedy';
import { makeWithdrawDispute } from '#shared/application/partners/withdraw-dispute';
import type { Program } from '#shared/application/programs';
import { type RemedyEffect, remedyIdOf } from '#shared/domain/partner/dispute';
import type { Period } from '#shared/domain/time/instant';
import { instant } from '#test/support/builders/referrals';
import { makeFakeDisputes } from '#test/support/fakes/disputes';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';

export const NOW = '2026-03-20T10:00:00Z';
export const ADJUST = { kind: 'adjustment', amountMinor: 5_00n, currency: 'GBP' } as const;
export const REATTRIBUTE = { kind: 'reattribution' } as const;

export const MOVES = [
  {
    reattributionId: 're1',
    at: instant('2026-03-01T00:00:00Z'),
    before: { partnerId: undefined },
    after: { partnerId: 'noor', period: '2026-03' as Period },
  },
];

export const A_SALE = { customerId: 'c1', partnerId: undefined, period: '2026-02' as Period, currency: 'GBP' };

export type Sale = Omit<typeof A_SALE, 'partnerId'> & {
  partnerId: string | undefined;
  earnsNothing?: string;
  hold?: { status: 'voided'; partnerIds: string[] };
};

/** Order o1 is recorded and nobody's; February is closed only where the programme says so. */
export function aHouse(program: Partial<Program> = {}) {
  const sales = new Map<string, Sale & { refunds?: number }>([['o1', A_SALE]]);
  const disputes = makeFakeDisputes();
  const time = { now: Date.parse(NOW) };
  const clock = (): number => time.now;
  const acme = aProgram({ programId: 'acme', ...program });
  const programs = makeFakePrograms(acme);
  const partners = {
    standing: async (_: string, partnerId: string) => (partnerId === 'nobody' ? undefined : ({} as never)),
    profile: async (_: string, partnerId: string) =>
      ({ emailHash: hashEmail(digest, `${partnerId}@partners.example`) }) as never,
  };
  const orders = {
    order: async (_: string, orderId: string) => {
      const conversion = sales.get(orderId);
      const refunds = Array.from({ length: conversion?.refunds ?? 0 });
      return conversion && ({ conversion, refunds, hold: conversion.hold } as never);
    },
  };
  const warnings: string[] = [];
  const log = { info() {}, warn() {}, error: (message: string) => void warnings.push(message) };
  const file = makeFileDispute({ disputes, partners, programs, orders, clock });
  const input = (overrides: Partial<Parameters<typeof file>[0]> = {}): Parameters<typeof file>[0] => ({
    programId: 'acme',
    partnerId: 'mira',
    disputeId: 'd1',
    orderId: 'o1',
    kind: 'missing',
    statement: 'I sent this customer.',
    evidence: [],
    by: 'person:mira',
    isStaff: false,
    ...overrides,
  });
  const decide = makeDecideDispute({ disputes, partners, programs, orders, digest, clock });
  const decision = (overrides: Partial<Parameters<typeof decide>[0]> = {}): Parameters<typeof decide>[0] => ({
    programId: 'acme',
    disputeId: 'd1',
    outcome: 'accepted',
    remedy: ADJUST,
    explanation: 'You are right.',
    by: 'person:manager',
    authority: 'finance',
    ownPartners: [],
    ...overrides,
  });
  async function* list(): AsyncIterable<Program> {
    yield acme;
  }
  return {
    disputes,
    sales,
    time,
    warnings,
    file: (overrides?: Parameters<typeof input>[0]) => file(input(overrides)),
    decide: (overrides?: Parameters<typeof decision>[0]) => decide(decision(overrides)),
    get: makeGetDispute({ disputes, orders: { findOrder: async () => ({ reattributions: MOVES }) } }),
    listOfPartner: makeListPartnerDisputes({ disputes, partners }),
    write: makeAddDisputeMessage({ disputes, clock }),
    withdraw: makeWithdrawDispute({ disputes, clock }),
    remedied: makeRecordDisputeRemedy({ disputes }),
    escalate: makeEscalateDisputes({ disputes, programs: { list }, clock, log }),
  };
}

export const AT_D1 = { programId: 'acme', disputeId: 'd1' };
export const aNote = { messageId: 'm1', text: 'Look again', evidence: [], internal: false, by: 'person:mira' };

/** What became of a remedy by an adjustment. */
export const recorded = (state: 'proposed' | 'recorded' | 'declined'): RemedyEffect => ({
  kind: 'adjustment',
  state,
  adjustmentId: remedyIdOf('d1', 1),
  period: '2026-04' as Period,
});
