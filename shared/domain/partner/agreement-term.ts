import { addCalendarDays, addCalendarMonths } from '../time/calendar.ts';
import { type Instant, toEpochMs, toInstant } from '../time/instant.ts';
import type { TimeZone } from '../time/time-zone.ts';
import type { AgreementVersion, Duration } from './agreement.ts';

/** Longer than any month, so that a count of months by it is never too high. */
const LONGEST_MONTH_MS = 31 * 86_400_000;

type Timed = Pick<AgreementVersion, 'from' | 'endsAt'> & Duration;

/**
 * End of the n-th term. It is counted from the start and not from the end before, so that a day that February clamps
 * comes back in March.
 */
function termEnd(from: Instant, months: number, zone: TimeZone): Instant {
  return toInstant(addCalendarMonths(toEpochMs(from), months, zone));
}

/** When a version ends unless somebody renews it; `undefined` for one that rolls on or has no term. */
export function fixedEnd(from: Instant, duration: Duration, zone: TimeZone): Instant | undefined {
  const { termMonths, renewal, renewedMonths = 0 } = duration;
  if (termMonths === undefined || renewal === 'automatic') return undefined;
  return termEnd(from, termMonths + renewedMonths, zone);
}

/** The last instant at which notice still ends an agreement at `end`: the same wall time, `noticeDays` earlier. */
export function noticeBy(end: Instant, noticeDays: number, zone: TimeZone): Instant {
  return toInstant(addCalendarDays(toEpochMs(end), -noticeDays, zone));
}

/** The first end of a term for which `isLate` is false. Terms are tried from the last that surely ends too early. */
function firstTermEnd(
  from: Instant,
  months: number,
  after: Instant,
  zone: TimeZone,
  isLate: (end: Instant) => boolean,
) {
  const surely = Math.floor((toEpochMs(after) - toEpochMs(from)) / (LONGEST_MONTH_MS * months));
  let term = Math.max(1, surely);
  let end = termEnd(from, term * months, zone);
  while (isLate(end)) {
    term += 1;
    end = termEnd(from, term * months, zone);
  }
  return end;
}

/** The end of the term that runs at an instant, or of the first one before the start; `undefined` without a term. */
export function currentTermEnd(version: Timed, at: Instant, zone: TimeZone): Instant | undefined {
  const { from, endsAt, termMonths, renewal } = version;
  if (termMonths === undefined) return undefined;
  if (endsAt !== undefined || renewal !== 'automatic') return endsAt;
  return firstTermEnd(from, termMonths, at, zone, (end) => end <= at);
}

/** An end, or the one that is set already if that is earlier. */
function notAfter(set: Instant | undefined, end: Instant): Instant {
  return set !== undefined && set < end ? set : end;
}

/**
 * The earliest end by a notice given at an instant. With a term that rolls on: the first end of a term for which the
 * notice is in time. With any other term: its end, which notice cannot bring forward. Without a term: the notice period
 * later, and not before the start.
 */
export function earliestEndByNotice(version: Timed, noticeAt: Instant, zone: TimeZone): Instant {
  const { from, endsAt, termMonths, renewal, noticeDays = 0 } = version;
  if (termMonths !== undefined && renewal === 'automatic') {
    const isLate = (end: Instant): boolean => noticeBy(end, noticeDays, zone) < noticeAt;
    return notAfter(endsAt, firstTermEnd(from, termMonths, noticeAt, zone, isLate));
  }
  if (termMonths !== undefined && endsAt !== undefined) return endsAt;
  const after = toInstant(addCalendarDays(toEpochMs(noticeAt), noticeDays, zone));
  return notAfter(endsAt, after < from ? from : after);
}

/** The first possible end by notice at or after `asked`: with a term that rolls on, ends of terms alone are possible. */
export function endByNoticeAtOrAfter(version: Timed, noticeAt: Instant, asked: Instant, zone: TimeZone): Instant {
  const earliest = earliestEndByNotice(version, noticeAt, zone);
  if (asked <= earliest) return earliest;
  const { from, endsAt, termMonths, renewal } = version;
  if (termMonths !== undefined && renewal === 'automatic') {
    return notAfter(
      endsAt,
      firstTermEnd(from, termMonths, asked, zone, (end) => end < asked),
    );
  }
  return notAfter(endsAt, asked);
}
