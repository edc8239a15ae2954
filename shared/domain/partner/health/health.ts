import type { BlockedReason } from '../../ledger/payout.ts';
import { type Instant, toEpochMs } from '../../time/instant.ts';
import type { TimeZone } from '../../time/time-zone.ts';
import { dayOf } from '../../time/wall-day.ts';
import type { TermReminder } from '../term-reminders.ts';
import { type HealthReason, tellReason } from './health-words.ts';
import { refundProblem, revenueFall, type SalesSituation, salesSilence } from './sales-health.ts';

/** How a partner is doing, the worst first but for those who are gone. */
export const HEALTH_STATUSES = ['at_risk', 'watch', 'new', 'healthy', 'ended'] as const;
export type HealthStatus = (typeof HEALTH_STATUSES)[number];

/** Days from the start of its first agreement in which a partner is new. */
export const NEW_DAYS = 30;
/** Days for which a certification that ran out is told. */
export const LAPSED_DAYS = 60;

/** How far a partner that never sold has come: the next step is what is missing. */
export const FIRST_STEPS = ['no_link', 'no_click', 'no_sale'] as const;
export type FirstStep = (typeof FIRST_STEPS)[number];

/** What is known of a partner at an instant, as far as its health looks at it. */
export type PartnerSituation = SalesSituation & {
  readonly now: Instant;
  /** The programme's, for days that are named. */
  readonly zone: TimeZone;
  readonly enrolledAt: Instant;
  /** The first instant at which an agreement was, or will be, in force. */
  readonly startsAt?: Instant | undefined;
  readonly agreement: 'none' | 'proposed' | 'scheduled' | 'in_force' | 'ended';
  /** Of an agreement that ended. */
  readonly endedAt?: Instant | undefined;
  /** What its partner is reminded of. */
  readonly ending: readonly TermReminder[];
  readonly lapsedCertifications: readonly { readonly certification: string; readonly endedAt: Instant }[];
  readonly hasPayee: boolean;
  /** Why approved payouts wait, where it is the partner's payee. */
  readonly waitsFor?: BlockedReason | undefined;
  /** Payouts of which nobody knows whether they arrived, and those that came back. */
  readonly unknownPayouts: number;
  readonly returnedPayouts: number;
  readonly openDisputes: number;
  readonly heldSales: number;
  readonly mailStopped: boolean;
  readonly tierWarning?: { readonly to: string; readonly endsAt: Instant } | undefined;
  /** Only of a partner without any sale. */
  readonly firstStep?: FirstStep | undefined;
};

export type Health = { readonly status: HealthStatus; readonly reasons: readonly HealthReason[] };

const DAY_MS = 86_400_000;
/** Only for periods of many days, where an hour of a clock change does not matter. */
export const daysBetween = (from: Instant, to: Instant): number =>
  Math.floor((Date.parse(to) - Date.parse(from)) / DAY_MS);

/**
 * A partner's health with the reasons for it, the worst first: gone when its last agreement ended; at risk or to be watched as the
 * worst reason says, but new while it is and nothing is at risk.
 */
export function judgeHealth(situation: PartnerSituation): Health {
  const reasons = [
    ...agreementReasons(situation),
    ...moneyReasons(situation),
    ...(situation.agreement === 'ended' ? [] : workReasons(situation)),
  ].toSorted((a, b) => WEIGHT[b.severity] - WEIGHT[a.severity]);
  if (situation.agreement === 'ended') return { status: 'ended', reasons };
  if (reasons.some(({ severity }) => severity === 'at_risk')) return { status: 'at_risk', reasons };
  if (isNew(situation)) return { status: 'new', reasons };
  return { status: reasons.some(({ severity }) => severity === 'watch') ? 'watch' : 'healthy', reasons };
}

const WEIGHT: Readonly<Record<HealthReason['severity'], number>> = { at_risk: 2, watch: 1, notice: 0 };

function isNew({ now, startsAt, enrolledAt }: PartnerSituation): boolean {
  return daysBetween(startsAt ?? enrolledAt, now) < NEW_DAYS;
}

function agreementReasons(situation: PartnerSituation): readonly HealthReason[] {
  const { zone, agreement, endedAt, startsAt, ending, lapsedCertifications, tierWarning } = situation;
  const day = (at: Instant | undefined): string | undefined => at && dayOf(toEpochMs(at), zone);
  const reasons: HealthReason[] = [];
  if (agreement === 'ended') reasons.push(tellReason('agreement_ended', 'notice', { day: day(endedAt) }));
  if (agreement === 'proposed') reasons.push(tellReason('agreement_not_accepted', 'watch', {}));
  if (agreement === 'none') reasons.push(tellReason('no_agreement', 'watch', {}));
  if (agreement === 'scheduled') reasons.push(tellReason('agreement_scheduled', 'notice', { day: day(startsAt) }));
  for (const end of ending) {
    if (end.kind === 'certification') {
      reasons.push(tellReason('certification_expiring', 'watch', { day: day(end.endsAt), name: end.certification }));
    } else if (end.noticeBy === undefined) {
      reasons.push(tellReason('agreement_expiring', 'watch', { day: day(end.endsAt) }));
    }
  }
  for (const { certification, endedAt: lapsedAt } of agreement === 'ended' ? [] : lapsedCertifications) {
    reasons.push(tellReason('certification_expired', 'watch', { day: day(lapsedAt), name: certification }));
  }
  if (tierWarning && agreement !== 'ended') {
    reasons.push(tellReason('tier_warning', 'at_risk', { day: day(tierWarning.endsAt), name: tierWarning.to }));
  }
  return reasons;
}

function moneyReasons(situation: PartnerSituation): readonly HealthReason[] {
  const { hasPayee, waitsFor, lastSaleAt, unknownPayouts, returnedPayouts, openDisputes } = situation;
  const reasons: HealthReason[] = [];
  if (waitsFor !== undefined) reasons.push(tellReason('payout_waits', 'at_risk', { name: waitsFor }));
  else if (!hasPayee && lastSaleAt !== undefined) reasons.push(tellReason('payee_missing', 'watch', {}));
  if (returnedPayouts > 0) reasons.push(tellReason('payout_returned', 'at_risk', { count: returnedPayouts }));
  if (unknownPayouts > 0) reasons.push(tellReason('payout_unknown', 'watch', { count: unknownPayouts }));
  if (openDisputes > 0) reasons.push(tellReason('dispute_open', 'watch', { count: openDisputes }));
  return reasons;
}

function workReasons(situation: PartnerSituation): readonly HealthReason[] {
  const { heldSales, mailStopped, lastSaleAt, firstStep, agreement } = situation;
  const reasons: HealthReason[] = [];
  if (heldSales > 0) reasons.push(tellReason('sales_held', 'watch', { count: heldSales }));
  if (mailStopped) reasons.push(tellReason('mail_stopped', 'watch', {}));
  if (lastSaleAt === undefined && firstStep && agreement === 'in_force')
    reasons.push(tellReason(firstStep, 'watch', {}));
  const found = [salesSilence(situation), revenueFall(situation), refundProblem(situation)];
  reasons.push(...found.flatMap((reason) => reason ?? []));
  return reasons;
}
