import type { BlockedReason } from '#shared/domain/ledger/payout';
import type { Currency } from '#shared/domain/money/money';
import type { Distance } from '#shared/domain/partner/tiers/measures';
import type { Instant, Period } from '#shared/domain/time/instant';

/** Of whom a notice is: a partner, or people who run the programme. */
export type Audience = 'partner' | 'staff';

/**
 * `money` and `security` cannot be switched off, and `security` waits for no quiet hours. The others follow the reader's
 * preferences: at once, in a daily or monthly digest, or not at all.
 */
export type NoticeCategory = 'money' | 'security' | 'tier' | 'sales' | 'agreement' | 'training';

export type Cadence = 'now' | 'daily' | 'monthly' | 'off';

export const LANGUAGES = ['en', 'de', 'es', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** An amount as a reader's language shows it: minor units and ISO 4217 currency. */
export type Amount = { readonly minor: bigint; readonly currency: Currency };

type TierMove = {
  readonly from: string;
  readonly to: string;
  readonly effectiveFrom: Instant;
  readonly by: 'review' | 'person' | 'enrolment';
  /** A person's words. */
  readonly reason?: string | undefined;
  /** End of what a person decided for a time. */
  readonly until?: Instant | undefined;
  /** Shares of sales in the new tier. */
  readonly ratesBps: readonly number[];
  /** The plan names a share for the tier before, and none for this one. */
  readonly losesShare?: boolean | undefined;
  /** The tier above and what it takes, if there is one that a review leads to. */
  readonly next?: { readonly tier: string; readonly distances: readonly Distance[] } | undefined;
  readonly nextByInvitation?: string | undefined;
};
type PayoutOf = { readonly payoutId: string; readonly period: Period; readonly amount: Amount };
/** `usableFrom`: of a payee that cools down, until when. */
type ApprovedPayout = PayoutOf & {
  /** Why it cannot be sent yet; absent: it is on its way. */
  readonly blocked?: BlockedReason | undefined;
  readonly usableFrom?: Instant | undefined;
};
/** Staff are told whose it is. */
type UndonePayout = PayoutOf & { readonly partnerId?: string | undefined; readonly reason?: string | undefined };
type SaleOf = { readonly orderId: string; readonly occurredAt: Instant; readonly amount: Amount };
type RunOf = {
  readonly runId: string;
  readonly period: Period;
  readonly approvals: number;
  readonly approvalsRequired: number;
  readonly decisionBy?: Instant | undefined;
};

/** What each kind of notice tells: facts alone, no words of ours. Templates of every language are held against this. */
export type NoticeFacts = {
  // To partners.
  'tier.promoted': TierMove;
  'tier.demoted': TierMove & { readonly unmet: readonly Distance[] };
  /** Neither up nor down by the programme's scheme. */
  'tier.changed': TierMove;
  'tier.demotion_warned': {
    readonly tier: string;
    readonly to: string;
    readonly endsAt: Instant;
    /** The second and last warning. */
    readonly isLast: boolean;
    readonly unmet: readonly Distance[];
  };
  /** What was missing is there again: the warning is over. */
  'tier.demotion_lifted': { readonly tier: string };
  'tier.within_reach': { readonly tier: string; readonly next: string; readonly distances: readonly Distance[] };
  'certification.earned': {
    readonly certification: string;
    readonly title: string;
    readonly expiresAt?: Instant | undefined;
  };
  'certification.expiring': { readonly certification: string; readonly title: string; readonly expiresAt: Instant };
  'conversion.recorded': SaleOf;
  'conversion.held': SaleOf;
  'statement.ready': {
    readonly statementId: string;
    readonly period: Period;
    readonly opening: Amount;
    readonly earned: Amount;
    readonly clawback: Amount;
    readonly adjustment: Amount;
    readonly payable: Amount;
    readonly carried: Amount;
    readonly tier?: string | undefined;
    readonly next?: { readonly tier: string; readonly distances: readonly Distance[] } | undefined;
  };
  'payout.approved': ApprovedPayout;
  'payout.paid': PayoutOf;
  'payout.failed': UndonePayout;
  'payout.returned': UndonePayout;
  'payee.changed': {
    readonly rail: string;
    /** Masked. */
    readonly account: string;
    readonly changedAt: Instant;
    readonly usableFrom?: Instant | undefined;
  };
  'dispute.answered': {
    readonly disputeId: string;
    readonly orderId: string;
    readonly outcome: 'accepted' | 'partly_accepted' | 'declined';
    readonly explanation: string;
    readonly remedy?:
      | { readonly kind: 'reattribution' }
      | { readonly kind: 'adjustment'; readonly amount: Amount; readonly waits: boolean }
      | undefined;
  };
  'dispute.corrected': {
    readonly disputeId: string;
    readonly orderId: string;
    readonly remedy: { readonly kind: 'reattribution' } | { readonly kind: 'adjustment'; readonly amount: Amount };
  };
  'agreement.expiring': {
    readonly agreementId: string;
    readonly partnerId: string;
    readonly endsAt: Instant;
    readonly renewal?: 'automatic' | 'by_agreement' | 'none' | undefined;
    readonly noticeBy?: Instant | undefined;
  };
  // To the people who run the programme.
  'run.awaiting_decision': RunOf;
  'run.reminded': RunOf & { readonly afterHours: number };
  'run.expiring': RunOf;
  'run.expired': RunOf;
  'dispute.overdue': {
    readonly disputeId: string;
    readonly orderId: string;
    readonly partnerId: string;
    readonly answerBy: Instant;
  };
  'holds.overdue': { readonly orderIds: readonly string[] };
  'webhook.paused': {
    readonly endpointId: string;
    readonly host: string;
    readonly failingSince: Instant;
    /** `gone`: it answered so, at `failingSince`. */
    readonly why?: 'failing' | 'gone' | undefined;
  };
};

export type NoticeKind = keyof NoticeFacts;
export type NoticeMessage = {
  readonly [K in NoticeKind]: { readonly kind: K; readonly facts: NoticeFacts[K] };
}[NoticeKind];

/** How each kind is sent unless its reader says otherwise. */
export type KindRules = {
  readonly audiences: readonly Audience[];
  readonly category: NoticeCategory;
  /** Of e-mail. The inbox has every notice, but of a partner's sales only those that it wants one by one. */
  readonly usually: Cadence;
};

export const KINDS: { readonly [K in NoticeKind]: KindRules } = {
  'tier.promoted': { audiences: ['partner'], category: 'tier', usually: 'now' },
  'tier.demoted': { audiences: ['partner'], category: 'tier', usually: 'now' },
  'tier.changed': { audiences: ['partner'], category: 'tier', usually: 'now' },
  'tier.demotion_warned': { audiences: ['partner'], category: 'tier', usually: 'now' },
  'tier.demotion_lifted': { audiences: ['partner'], category: 'tier', usually: 'now' },
  'tier.within_reach': { audiences: ['partner'], category: 'tier', usually: 'now' },
  'certification.earned': { audiences: ['partner'], category: 'training', usually: 'now' },
  'certification.expiring': { audiences: ['partner'], category: 'training', usually: 'now' },
  'conversion.recorded': { audiences: ['partner'], category: 'sales', usually: 'daily' },
  'conversion.held': { audiences: ['partner', 'staff'], category: 'sales', usually: 'daily' },
  'statement.ready': { audiences: ['partner'], category: 'money', usually: 'now' },
  'payout.approved': { audiences: ['partner'], category: 'money', usually: 'now' },
  'payout.paid': { audiences: ['partner'], category: 'money', usually: 'now' },
  'payout.failed': { audiences: ['partner', 'staff'], category: 'money', usually: 'now' },
  'payout.returned': { audiences: ['partner', 'staff'], category: 'money', usually: 'now' },
  'payee.changed': { audiences: ['partner'], category: 'security', usually: 'now' },
  'dispute.answered': { audiences: ['partner'], category: 'money', usually: 'now' },
  'dispute.corrected': { audiences: ['partner'], category: 'money', usually: 'now' },
  'agreement.expiring': { audiences: ['partner', 'staff'], category: 'agreement', usually: 'now' },
  'run.awaiting_decision': { audiences: ['staff'], category: 'money', usually: 'now' },
  'run.reminded': { audiences: ['staff'], category: 'money', usually: 'now' },
  'run.expiring': { audiences: ['staff'], category: 'money', usually: 'now' },
  'run.expired': { audiences: ['staff'], category: 'money', usually: 'now' },
  'dispute.overdue': { audiences: ['staff'], category: 'money', usually: 'now' },
  'holds.overdue': { audiences: ['staff'], category: 'money', usually: 'now' },
  'webhook.paused': { audiences: ['staff'], category: 'security', usually: 'now' },
};

/** For whom a notice is written, in whose words and on whose clock. */
export type Reader = {
  readonly audience: Audience;
  /** How the reader is greeted. */
  readonly name: string;
  readonly language: Language;
  /** IANA; where the reader chose none, the programme's. */
  readonly timeZone: string;
  /** Its currency is what the amounts of a distance to a tier are in. */
  readonly program: { readonly programId: string; readonly name: string; readonly currency: Currency };
  /** Absolute addresses of pages, where there are any. */
  readonly links?: { readonly unsubscribe?: string | undefined; readonly preferences?: string | undefined } | undefined;
};

export type RenderedNotice = {
  readonly subject: string;
  /** Of the inbox: a title and plain paragraphs. */
  readonly title: string;
  readonly text: string;
  readonly mail: { readonly text: string; readonly html: string };
};

/** Puts a notice into words; throws rather than leave a gap. */
export type RenderNotice = (message: NoticeMessage, reader: Reader) => RenderedNotice;

/** Several notices of one reader in one e-mail, `daily` or `monthly`, oldest first. */
export type RenderDigest = (
  digest: {
    readonly cadence: 'daily' | 'monthly';
    readonly from: Instant;
    readonly to: Instant;
    readonly notices: readonly (NoticeMessage & { readonly occurredAt: Instant })[];
    /** Sales are summed, never listed one by one. */
    readonly sales?:
      | { readonly recorded: number; readonly held: number; readonly amounts: readonly Amount[] }
      | undefined;
  },
  reader: Reader,
) => RenderedNotice;

/** Roles of the people who run a programme, as far as notices are addressed by them. */
export type StaffRole = 'admin' | 'finance' | 'approver' | 'partner_manager';

/**
 * Whom a notice is for. `email`: an address instead of the partner's own, such as the one before a change. Staff: everybody
 * listed with one of the roles; where nobody is, the programme's escalation contact.
 */
export type NoticeTo =
  | { readonly audience: 'partner'; readonly partnerId: string; readonly email?: string | undefined }
  | { readonly audience: 'staff'; readonly roles: readonly StaffRole[] };

/** What a notice tells of: with the same id nobody is told twice on the same channel. */
export type ToldEvent = { readonly eventId: string; readonly programId: string; readonly occurredAt: Instant };

/**
 * Tells people, each once a channel however often it is called: inbox and e-mail, by the preferences of each.
 * @throws Error when an e-mail was not sent and should be tried again; whoever was told by then is not told again
 */
export type Tell = (event: ToldEvent, to: NoticeTo, message: NoticeMessage) => Promise<void>;
