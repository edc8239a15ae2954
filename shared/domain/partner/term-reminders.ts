import { addCalendarDays } from '../time/calendar.ts';
import { type Instant, toEpochMs, toInstant } from '../time/instant.ts';
import type { TimeZone } from '../time/time-zone.ts';
import { type AgreementVersion, type Renewal, versionInForce } from './agreement.ts';
import { currentTermEnd, noticeBy } from './agreement-term.ts';
import { type CertificationTerm, isCertificationHeld } from './certification.ts';

/** Calendar days before something ends, or can last be ended, that its partner is told. */
const REMIND_DAYS = 30;
/** An agreement that rolls on more often says so itself: a reminder before each term would be one too many. */
const SHORTEST_ROLLING_MONTHS = 3;

export type TermReminder =
  | {
      readonly kind: 'agreement';
      readonly agreementId: string;
      readonly endsAt: Instant;
      readonly renewal?: Renewal | undefined;
      /** Of one that rolls on: the last instant at which notice still ends it at `endsAt`. */
      readonly noticeBy?: Instant | undefined;
    }
  | {
      readonly kind: 'certification';
      readonly certificationId: string;
      readonly certification: string;
      readonly endsAt: Instant;
    };

type Named = CertificationTerm & { readonly certificationId: string; readonly certification: string };
type Ending = { readonly agreements: readonly AgreementVersion[]; readonly certifications: readonly Named[] };

/**
 * What a partner is to be reminded of at `now`: an agreement whose end is fixed, 30 days before it; one that rolls on, 30 days before
 * notice can last be given; a certification, 30 days before it expires. Nothing that another agreement or certification follows on
 * without a gap. The same answer until the day has come: whoever tells keeps what was told.
 */
export function termReminders({ agreements, certifications }: Ending, now: Instant, zone: TimeZone): TermReminder[] {
  const isDue = (deadline: Instant): boolean =>
    now < deadline && now >= toInstant(addCalendarDays(toEpochMs(deadline), -REMIND_DAYS, zone));
  const agreement = agreementReminder(agreements, now, zone);
  return [
    ...(agreement && isDue(agreement.noticeBy ?? agreement.endsAt) ? [agreement] : []),
    ...certifications.flatMap((held) => {
      const { certificationId, certification, expiresAt: endsAt } = held;
      if (endsAt === undefined || !isDue(endsAt) || !isCertificationHeld(held, now)) return [];
      if (certifications.some((other) => other.certification === certification && isCertificationHeld(other, endsAt))) {
        return [];
      }
      return [{ kind: 'certification' as const, certificationId, certification, endsAt }];
    }),
  ];
}

function agreementReminder(
  agreements: readonly AgreementVersion[],
  now: Instant,
  zone: TimeZone,
): Extract<TermReminder, { kind: 'agreement' }> | undefined {
  const version = versionInForce(agreements, now);
  const endsAt = version && (version.endsAt ?? currentTermEnd(version, now, zone));
  if (!version || endsAt === undefined) return undefined;
  if (agreements.some(({ from }) => from > now && from <= endsAt)) return undefined;
  const { agreementId, renewal, termMonths = 0, noticeDays = 0 } = version;
  const said = { kind: 'agreement', agreementId, endsAt, renewal } as const;
  if (version.endsAt !== undefined || renewal !== 'automatic') return said;
  return termMonths < SHORTEST_ROLLING_MONTHS ? undefined : { ...said, noticeBy: noticeBy(endsAt, noticeDays, zone) };
}
