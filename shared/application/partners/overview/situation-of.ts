import type { ActivityKind, PartnerRow } from '#shared/application/partners/overview/overview';
import type { PartnerProfile, Standing } from '#shared/application/partners/ports';
import type { BlockedReason } from '#shared/domain/ledger/payout';
import { versionInForce } from '#shared/domain/partner/agreement';
import { isCertificationHeld } from '#shared/domain/partner/certification';
import { daysBetween, judgeHealth, LAPSED_DAYS, type PartnerSituation } from '#shared/domain/partner/health/health';
import { revenueOf, type SalesSums } from '#shared/domain/partner/health/sales-tally';
import { termReminders } from '#shared/domain/partner/term-reminders';
import { firstAgreementFrom, scheduleOf, tierInForce } from '#shared/domain/partner/terms';
import type { Instant } from '#shared/domain/time/instant';
import type { TimeZone } from '#shared/domain/time/time-zone';

/** All that is known of a partner beside its terms and sales. */
export type KnownOfPartner = Pick<
  PartnerSituation,
  | 'waitsFor'
  | 'unknownPayouts'
  | 'returnedPayouts'
  | 'openDisputes'
  | 'heldSales'
  | 'mailStopped'
  | 'firstStep'
  | 'lastSaleAt'
> & { readonly payeeChangedAt?: Instant | undefined };

export type SalesOfPartner = Pick<
  PartnerSituation,
  'thisMonth' | 'sameDaysBefore' | 'dayOfMonth' | 'twoMonths' | 'programRefundBps'
> & { readonly before: readonly SalesSums[] };

type Member = { readonly standing: Standing; readonly profile: PartnerProfile };

/** Where a partner stands with its terms. */
export function termsOf({ standing }: Member, now: Instant, zone: TimeZone) {
  const { agreements, proposals = [], certifications, createdAt: enrolledAt, tierWarning } = standing;
  const startsAt = firstAgreementFrom(agreements);
  const inForce = versionInForce(agreements, now);
  const last = scheduleOf(agreements).at(-1);
  const isWaiting = proposals.some(({ withdrawnAt }) => withdrawnAt === undefined);
  const agreement: PartnerSituation['agreement'] = inForce
    ? 'in_force'
    : last !== undefined && last.from > now
      ? 'scheduled'
      : isWaiting
        ? 'proposed'
        : last
          ? 'ended'
          : 'none';
  return {
    ...{ now, zone, enrolledAt, startsAt, agreement },
    endedAt: agreement === 'ended' ? last?.endsAt : undefined,
    ending: termReminders(standing, now, zone),
    lapsedCertifications: certifications.flatMap(({ certification, expiresAt: endedAt, revokedAt }) => {
      if (endedAt === undefined || revokedAt !== undefined || endedAt > now) return [];
      if (daysBetween(endedAt, now) >= LAPSED_DAYS) return [];
      const isRenewed = certifications.some(
        (other) => other.certification === certification && isCertificationHeld(other, now),
      );
      return isRenewed ? [] : [{ certification, endedAt }];
    }),
    tierWarning: tierWarning && { to: tierWarning.to, endsAt: tierWarning.endsAt },
  };
}

/** A partner as the list shows it, with its health. */
export function rowOf(
  member: Member,
  terms: ReturnType<typeof termsOf>,
  known: KnownOfPartner,
  sales: SalesOfPartner,
): PartnerRow {
  const { partnerId, name, country } = member.profile;
  const { payeeChangedAt, lastSaleAt } = known;
  const health = judgeHealth({ ...terms, ...known, ...sales, hasPayee: payeeChangedAt !== undefined });
  const { thisMonth, sameDaysBefore, before } = sales;
  const currencies = [...new Set([...thisMonth, ...before].map(({ currency }) => currency))].toSorted();
  const minorIn = (sums: readonly SalesSums[], currency: string): bigint => {
    const of = sums.find((one) => one.currency === currency);
    return of ? revenueOf(of) : 0n;
  };
  return {
    ...{ partnerId, name, country },
    tier: tierInForce(member.standing.tiers, terms.now)?.tier,
    ...health,
    startedAt: terms.startsAt,
    endedAt: terms.endedAt,
    lastSaleAt,
    lastActivity: lastActivity(member.standing, known),
    conversions: countOf(thisMonth),
    conversionsBefore: countOf(before),
    revenue: currencies.map((currency) => ({
      currency,
      monthMinor: minorIn(thisMonth, currency),
      sameDaysBeforeMinor: minorIn(sameDaysBefore, currency),
      beforeMinor: minorIn(before, currency),
    })),
  };
}

export function countOf(sums: readonly SalesSums[]): number {
  return sums.reduce((count, { conversions }) => count + conversions, 0);
}

/** The last thing that a partner is known to have done, or sold. Sign-ins are known to nobody. */
function lastActivity(
  { agreements, certifications }: Standing,
  { lastSaleAt, payeeChangedAt }: KnownOfPartner,
): PartnerRow['lastActivity'] {
  const acts: { readonly at: Instant; readonly kind: ActivityKind }[] = [];
  if (lastSaleAt !== undefined) acts.push({ at: lastSaleAt, kind: 'sale' });
  if (payeeChangedAt !== undefined) acts.push({ at: payeeChangedAt, kind: 'payee' });
  for (const { acceptedAt } of agreements) if (acceptedAt) acts.push({ at: acceptedAt, kind: 'agreement' });
  for (const { courseId, certifiedAt } of certifications) {
    if (courseId !== undefined) acts.push({ at: certifiedAt, kind: 'training' });
  }
  return acts.toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];
}

/** Reasons of payouts that wait which are the payee's. */
export const PAYEE_REASONS: ReadonlySet<BlockedReason> = new Set([
  'payee_incomplete',
  'payee_changed',
  'payee_cooling_down',
  'currency_unsupported',
]);
