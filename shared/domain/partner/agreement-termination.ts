import type { Instant, Period } from '../time/instant.ts';
import type { TimeZone } from '../time/time-zone.ts';
import type { AgreementVersion } from './agreement.ts';
import { endByNoticeAtOrAfter } from './agreement-term.ts';
import { effectiveInstant, scheduleOf } from './terms.ts';

/** `notice` keeps the notice period and the term; the others may end at once. */
export type TerminationCause = 'notice' | 'breach' | 'mutual';

export type TerminationDecision =
  | {
      readonly outcome: 'ends';
      /** After the shift out of closed periods; never before the version's start. At its start: it never comes in force. */
      readonly endsAt: Instant;
      /** Later versions, which the termination cancels before they start. */
      readonly cancelled: readonly string[];
    }
  /** The notice does not reach that far, or the end lies inside a term. */
  | { readonly outcome: 'not_then'; readonly earliestEndsAt: Instant }
  /** The version is over by then anyway. */
  | { readonly outcome: 'ended_before'; readonly endsAt: Instant }
  /** Another version has its place then, and is the one to terminate. */
  | { readonly outcome: 'replaced_by'; readonly agreementId: string; readonly at: Instant }
  /** It has not begun and another one is in force until then: terminating that one cancels it. */
  | { readonly outcome: 'not_begun'; readonly agreementId: string };

export type TerminationRequest = {
  readonly version: AgreementVersion;
  /** All versions of the partner that are or will be in force. */
  readonly versions: readonly AgreementVersion[];
  readonly cause: TerminationCause;
  /** Absent: as early as possible. */
  readonly endsAt?: Instant | undefined;
  /** When it is declared. */
  readonly at: Instant;
  /** An earlier termination set the version's end: a second one must be earlier. */
  readonly isTerminated: boolean;
  readonly closedThrough: Period;
  readonly zone: TimeZone;
};

/**
 * Decides whether and when a termination ends a partner's agreement. It ends the version that is in force until then; versions
 * that would start at that end or later never start, since a terminated partner must not come back by a plan made before.
 */
export function decideTermination(request: TerminationRequest): TerminationDecision {
  const { version, versions, cause, at, closedThrough, zone } = request;
  const asked = request.endsAt ?? at;
  const possible = cause === 'notice' ? endByNoticeAtOrAfter(version, at, request.endsAt ?? version.from, zone) : asked;
  if (request.endsAt !== undefined && possible !== asked) return { outcome: 'not_then', earliestEndsAt: possible };
  const endsAt = effectiveInstant(possible, closedThrough, zone);

  const schedule = scheduleOf(versions);
  const place = schedule.findIndex(({ agreementId }) => agreementId === version.agreementId);
  const next = schedule[place + 1];
  if (place < 0) return replacedBySameStart(version, schedule);
  if (next !== undefined && (next.from < endsAt || next.from <= at)) {
    return { outcome: 'replaced_by', agreementId: next.agreementId, at: next.from };
  }
  if (isOverBy(version, endsAt, request.isTerminated)) return { outcome: 'ended_before', endsAt: version.endsAt };
  const cancelled = schedule.slice(place + 1).map(({ agreementId }) => agreementId);
  if (endsAt > version.from) return { outcome: 'ends', endsAt, cancelled };
  const before = schedule[place - 1];
  const isOpenBefore = before !== undefined && (before.endsAt === undefined || before.endsAt >= version.from);
  if (version.from > at && isOpenBefore) return { outcome: 'not_begun', agreementId: before.agreementId };
  return { outcome: 'ends', endsAt: version.from, cancelled };
}

function isOverBy(
  version: AgreementVersion,
  endsAt: Instant,
  isTerminated: boolean,
): version is AgreementVersion & { readonly endsAt: Instant } {
  if (version.endsAt === undefined) return false;
  return isTerminated ? version.endsAt <= endsAt : version.endsAt < endsAt;
}

function replacedBySameStart(version: AgreementVersion, schedule: readonly AgreementVersion[]): TerminationDecision {
  const other = schedule.find(({ from }) => from === version.from);
  if (other === undefined) throw new RangeError(`agreement ${version.agreementId} is none of the partner's versions`);
  return { outcome: 'replaced_by', agreementId: other.agreementId, at: other.from };
}
