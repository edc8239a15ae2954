import type {
  Amount,
  Audience,
  Language,
  NoticeFacts,
  NoticeKind,
  NoticeMessage,
  Reader,
  RenderDigest,
} from '#shared/application/notifications/messages';
import { KINDS } from '#shared/application/notifications/messages';
import { BLOCKED_REASONS } from '#shared/domain/ledger/payout';
import type { Currency } from '#shared/domain/money/money';
import type { Distance } from '#shared/domain/partner/tiers/measures';
import { type Instant, type Period, toInstant } from '#shared/domain/time/instant';

/** What notices of every kind may tell: with all that there can be, with as little as there may be, and what lies between. */

export const at = (iso: string): Instant => toInstant(Date.parse(iso));
const eur = (minor: bigint): Amount => ({ minor, currency: 'EUR' as Currency });
const period = '2026-10' as Period;
/** The end of 30 November in Berlin. */
const endOfNovember = at('2026-11-30T23:00:00Z');

export function readerOf(language: Language, audience: Audience = 'partner', links = true): Reader {
  return {
    audience,
    name: 'Mira Makes',
    language,
    timeZone: 'Europe/Berlin',
    program: { programId: 'corner-shop', name: 'Corner Shop', currency: 'EUR' as Currency },
    ...(links
      ? {
          links: {
            unsubscribe: 'https://api.example/unsubscribe?token=abc&kind=tier',
            preferences: 'https://api.example/preferences',
          },
        }
      : {}),
  };
}

export const DISTANCES: readonly Distance[] = [
  {
    condition: { fact: 'qualified_referrals', atLeast: 20, withinMonths: 12 },
    found: 17n,
    wanted: 20n,
    missing: 3n,
    by: endOfNovember,
  },
  {
    condition: { fact: 'partner_revenue', atLeastMinor: 1_000_000n, withinMonths: 12 },
    found: 412_550n,
    wanted: 1_000_000n,
    missing: 587_450n,
  },
  {
    condition: { fact: 'retention', atLeastBps: 6_000, withinMonths: 6, minimumCustomers: 10 },
    found: 4_850n,
    wanted: 6_000n,
    missing: 1_150n,
  },
  { condition: { fact: 'confirmation', confirmation: 'strategic_fit' }, found: 0n, wanted: 1n, missing: 1n },
];

const move = {
  from: 'certified',
  to: 'premium',
  effectiveFrom: at('2026-11-30T23:00:00Z'),
  by: 'review',
  ratesBps: [2_000],
} as const;
const full = {
  reason: 'Best launch of the year.\nThank you for it!',
  until: endOfNovember,
  ratesBps: [1_250, 2_000],
  next: { tier: 'premium_plus', distances: DISTANCES },
  nextByInvitation: 'strategic',
} as const;
const run = { runId: '2026-10.1', period, approvals: 0, approvalsRequired: 2 } as const;
const decisionBy = at('2026-11-24T16:30:00Z');
const payout = { payoutId: 'po_01JD7K', period, amount: eur(48_210n) };
const sale = { orderId: 'order-7731', occurredAt: at('2026-11-21T18:04:00Z'), amount: eur(12_900n) };
const statement = {
  statementId: 'st_1',
  period,
  opening: eur(1_200n),
  earned: eur(54_310n),
  clawback: eur(-7_300n),
  adjustment: eur(0n),
  payable: eur(48_210n),
  carried: eur(0n),
} as const;

type Samples = { readonly [K in NoticeKind]: readonly [NoticeFacts[K], ...NoticeFacts[K][]] };

export const SAMPLES: Samples = {
  'tier.promoted': [
    { ...move, ...full },
    move,
    { ...move, by: 'person', ratesBps: [] },
    { ...move, by: 'enrolment' },
    { ...move, by: 'person', ratesBps: [], losesShare: true },
  ],
  'tier.demoted': [
    { ...move, ...full, from: 'premium', to: 'certified', unmet: DISTANCES },
    { ...move, unmet: [] },
    { ...move, by: 'person', reason: 'Agreed on the phone.', unmet: [] },
  ],
  'tier.changed': [{ ...move, ...full, by: 'person' }, move, { ...move, next: { tier: 'top', distances: [] } }],
  'tier.demotion_warned': [
    { tier: 'premium', to: 'certified', endsAt: endOfNovember, isLast: false, unmet: DISTANCES },
    { tier: 'premium', to: 'certified', endsAt: at('2026-11-30T12:00:00Z'), isLast: true, unmet: [] },
  ],
  'tier.demotion_lifted': [{ tier: 'premium' }],
  'tier.within_reach': [{ tier: 'certified', next: 'premium', distances: DISTANCES }],
  'certification.earned': [
    { certification: 'basics', title: 'Selling with care', expiresAt: endOfNovember },
    { certification: 'basics', title: 'Selling with care' },
  ],
  'certification.expiring': [{ certification: 'basics', title: 'Selling with care', expiresAt: endOfNovember }],
  'conversion.recorded': [sale, { ...sale, amount: { minor: 1_500n, currency: 'JPY' as Currency } }],
  'conversion.held': [sale],
  'statement.ready': [
    { ...statement, tier: 'certified', next: { tier: 'premium', distances: DISTANCES } },
    { ...statement, payable: eur(0n), carried: eur(1_210n) },
    { ...statement, payable: eur(0n), carried: eur(-90_000n), next: { tier: 'premium', distances: [] } },
    { ...statement, opening: eur(0n), earned: eur(0n), clawback: eur(0n), payable: eur(0n) },
  ],
  'payout.approved': [
    payout,
    ...BLOCKED_REASONS.map((blocked) => ({ ...payout, blocked })),
    { ...payout, blocked: 'payee_cooling_down', usableFrom: endOfNovember },
  ],
  'payout.paid': [payout],
  'payout.failed': [{ ...payout, partnerId: 'mira', reason: 'account closed' }, payout],
  'payout.returned': [{ ...payout, partnerId: 'mira', reason: 'AC04' }, payout],
  'payee.changed': [
    { rail: 'bank_file', account: '•••• 4711', changedAt: at('2026-11-21T20:00:00Z'), usableFrom: endOfNovember },
    ...['nacha', 'stripe', 'paypal', 'sandbox', 'carrier pigeon'].map((rail) => ({
      rail,
      account: '',
      changedAt: at('2026-11-21T20:00:00Z'),
    })),
  ],
  'dispute.answered': [
    {
      disputeId: 'd-17',
      orderId: 'order-7731',
      outcome: 'accepted',
      explanation: 'You are right.\n\nThe code came from your page; the click was older.',
      remedy: { kind: 'adjustment', amount: eur(2_580n), waits: true },
    },
    {
      disputeId: 'd-17',
      orderId: 'order-7731',
      outcome: 'partly_accepted',
      explanation: 'Half of it.',
      remedy: { kind: 'adjustment', amount: eur(1_290n), waits: false },
    },
    {
      disputeId: 'd-17',
      orderId: 'order-7731',
      outcome: 'accepted',
      explanation: 'Yes.',
      remedy: { kind: 'reattribution' },
    },
    { disputeId: 'd-17', orderId: 'order-7731', outcome: 'declined', explanation: 'The sale came before your link.' },
  ],
  'dispute.corrected': [
    { disputeId: 'd-17', orderId: 'order-7731', remedy: { kind: 'adjustment', amount: eur(2_580n) } },
    { disputeId: 'd-17', orderId: 'order-7731', remedy: { kind: 'reattribution' } },
  ],
  'agreement.expiring': [
    {
      agreementId: 'agr_1',
      partnerId: 'mira',
      endsAt: endOfNovember,
      renewal: 'automatic',
      noticeBy: at('2026-11-23T23:00:00Z'),
    },
    { agreementId: 'agr_1', partnerId: 'mira', endsAt: at('2026-11-30T12:00:00Z'), renewal: 'by_agreement' },
    { agreementId: 'agr_1', partnerId: 'mira', endsAt: endOfNovember, renewal: 'none' },
    { agreementId: 'agr_1', partnerId: 'mira', endsAt: endOfNovember },
  ],
  'run.awaiting_decision': [
    { ...run, decisionBy },
    { ...run, approvalsRequired: 1 },
  ],
  'run.reminded': [
    { ...run, approvals: 1, decisionBy, afterHours: 48 },
    { ...run, afterHours: 1 },
    { ...run, afterHours: 24 },
    { ...run, afterHours: 30 },
  ],
  'run.expiring': [{ ...run, approvals: 1, decisionBy }, run],
  'run.expired': [{ ...run, approvals: 1, decisionBy }, run],
  'dispute.overdue': [{ disputeId: 'd-17', orderId: 'order-7731', partnerId: 'mira', answerBy: decisionBy }],
  'holds.overdue': [
    { orderIds: ['order-1'] },
    { orderIds: ['order-1', 'order-2'] },
    { orderIds: Array.from({ length: 33 }, (_, index) => `order-${index}`) },
  ],
  'webhook.paused': [
    { endpointId: 'ep_1', host: 'hooks.example', failingSince: at('2026-11-14T09:00:00Z'), why: 'failing' },
    { endpointId: 'ep_1', host: 'hooks.example', failingSince: at('2026-11-14T09:00:00Z'), why: 'gone' },
    { endpointId: 'ep_1', host: 'hooks.example', failingSince: at('2026-11-14T09:00:00Z') },
  ],
};

/** Each sample with each audience that its kind has. */
export function everySample(): readonly { readonly message: NoticeMessage; readonly audience: Audience }[] {
  return (Object.keys(SAMPLES) as NoticeKind[]).flatMap((kind) =>
    KINDS[kind].audiences.flatMap((audience) =>
      SAMPLES[kind].map((facts) => ({ message: { kind, facts } as NoticeMessage, audience })),
    ),
  );
}

export const DIGESTS: readonly Parameters<RenderDigest>[0][] = [
  {
    cadence: 'daily',
    from: at('2026-11-20T07:00:00Z'),
    to: at('2026-11-21T07:00:00Z'),
    notices: [
      { kind: 'conversion.held', facts: sale, occurredAt: at('2026-11-20T10:00:00Z') },
      { kind: 'tier.within_reach', facts: SAMPLES['tier.within_reach'][0], occurredAt: at('2026-11-20T12:00:00Z') },
    ],
    sales: { recorded: 12, held: 1, amounts: [eur(120_450n), { minor: 3_000n, currency: 'USD' as Currency }] },
  },
  {
    cadence: 'monthly',
    from: at('2026-10-31T23:00:00Z'),
    to: endOfNovember,
    notices: [
      {
        kind: 'agreement.expiring',
        facts: SAMPLES['agreement.expiring'][0],
        occurredAt: at('2026-11-20T10:00:00Z'),
      },
    ],
  },
  {
    cadence: 'monthly',
    from: at('2026-10-31T23:00:00Z'),
    to: endOfNovember,
    notices: [],
    sales: { recorded: 1, held: 2, amounts: [eur(100n)] },
  },
  {
    cadence: 'daily',
    from: at('2026-11-20T07:00:00Z'),
    to: at('2026-11-21T07:00:00Z'),
    notices: [],
    sales: { recorded: 0, held: 1, amounts: [] },
  },
  {
    cadence: 'daily',
    from: at('2026-11-20T07:00:00Z'),
    to: at('2026-11-21T07:00:00Z'),
    notices: Array.from({ length: 30 }, () => ({
      kind: 'conversion.held' as const,
      facts: sale,
      occurredAt: at('2026-11-20T10:00:00Z'),
    })),
  },
];
