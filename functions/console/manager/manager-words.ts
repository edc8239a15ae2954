import type { Tone } from '#console/ui/parts';
import type { Format } from '#functions/console/web/format';
import { partnerHref, programHref } from '#functions/console/web/paths';
import { timeZoneOf } from '#shared/adapters/time-zones';
import type { AlertTarget } from '#shared/application/partners/overview/overview';
import type { HealthStatus } from '#shared/domain/partner/health/health';
import type { ReasonSeverity } from '#shared/domain/partner/health/health-words';
import { instantOfWall } from '#shared/domain/time/calendar';

export const STAFF = ['partner_manager', 'finance', 'approver', 'admin'] as const;
export const CARE = ['partner_manager', 'admin'] as const;

export const HEALTH: Readonly<Record<HealthStatus, readonly [Tone, string]>> = {
  at_risk: ['bad', 'At risk'],
  watch: ['attention', 'Watch'],
  new: ['info', 'New'],
  healthy: ['good', 'Healthy'],
  ended: ['plain', 'Ended'],
};

export const SEVERITY: Readonly<Record<ReasonSeverity, readonly [Tone, string]>> = {
  at_risk: ['bad', 'At risk'],
  watch: ['attention', 'Watch'],
  notice: ['plain', 'Note'],
};

export const ACTIVITIES = {
  sale: 'a sale',
  agreement: 'an agreement accepted',
  payee: 'payment details changed',
  training: 'a course passed',
} as const;

const TARGET_NAMES: Readonly<Record<AlertTarget, string>> = {
  agreements: 'Look at the agreement',
  certifications: 'Look at its certifications',
  tiers: 'Look at its tier',
  payee: 'Look at its payment details',
  payouts: 'Look at its payouts',
  disputes: 'Look at its disputes',
  holds: 'Review held sales',
  mail_problems: 'Look at mail problems',
  links: 'Look at its links',
  conversions: 'Look at its sales',
};

/** Where a worry is dealt with. */
export function targetOf(programId: string, partnerId: string, target: AlertTarget): readonly [string, string] {
  const partner = partnerHref(programId, partnerId);
  const program = programHref(programId);
  const places: Readonly<Record<AlertTarget, string>> = {
    agreements: `${partner}#agreements`,
    certifications: `${partner}/certifications`,
    tiers: `${partner}/tiers`,
    payee: `${partner}/payee`,
    payouts: `${partner}/payouts`,
    disputes: `${partner}/disputes`,
    holds: `${program}/holds?partnerId=${encodeURIComponent(partnerId)}`,
    mail_problems: `${program}/mail-problems`,
    links: `${partner}/links`,
    conversions: `${partner}/conversions`,
  };
  return [TARGET_NAMES[target], places[target]];
}

const MONTH_LETTERS = 3;

/** A change against what it was, in words beside its arrow. */
export function changeWords(format: Format, bps: number | undefined, against: string): string {
  if (bps === undefined) return `Nothing to compare with: none ${against}`;
  if (bps === 0) return `As much as ${against}`;
  return bps > 0 ? `▲ ${format.percent(bps)} more than ${against}` : `▼ ${format.percent(-bps)} less than ${against}`;
}

export function countChangeWords(format: Format, change: number, against: string): string {
  if (change === 0) return `As many as ${against}`;
  return change > 0
    ? `▲ ${format.count(change)} more than ${against}`
    : `▼ ${format.count(-change)} fewer than ${against}`;
}

/** A sentence of the API with its days as the reader writes them. */
export function withDays(format: Format, text: string): string {
  const zone = timeZoneOf(format.timeZone);
  return text.replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, (day) =>
    format.day(instantOfWall(Date.parse(`${day}T00:00:00Z`), zone)),
  );
}

/** `Nov 2026` of `2026-11`, for an axis. */
export function shortPeriod(format: Format, period: string): string {
  const [month = '', year = ''] = format.period(period).split(' ');
  return `${month.slice(0, MONTH_LETTERS)} ${year}`.trim();
}

/** `one partner`, `3 partners`. */
export function counted(format: Format, count: number, one: string, many: string): string {
  return count === 1 ? `1 ${one}` : `${format.count(count)} ${many}`;
}
