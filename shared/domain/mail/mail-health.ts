import { type Instant, toEpochMs } from '#shared/domain/time/instant';

/** Why no more e-mail goes to an address: it does not exist or refuses us, it failed again and again, or its reader complained. */
export type StopReason = 'bounced' | 'keeps_failing' | 'complained';

export type MailReport = {
  readonly finding: 'permanent_bounce' | 'transient_bounce' | 'complaint';
  readonly messageId: string;
  readonly sentAt: Instant;
  readonly reportedAt: Instant;
  readonly detail?: string | undefined;
};

/** What is known of one address. */
export type MailHealth = {
  /** Messages that could not be delivered for the time being, oldest first. */
  readonly failures: readonly { readonly messageId: string; readonly at: Instant }[];
  readonly stop?:
    | { readonly reason: StopReason; readonly since: Instant; readonly detail?: string | undefined }
    | undefined;
  readonly lift?: { readonly at: Instant; readonly by: string; readonly why: string } | undefined;
};

export const UNKNOWN_HEALTH: MailHealth = { failures: [] };

/** A mailbox that is full over a weekend fails fewer. Each is a message that SES tried to deliver for half a day. */
export const FAILURES_TO_STOP = 5;
export const FAILURES_WITHIN_DAYS = 7;
const DAY_MS = 86_400_000;

/**
 * What a report makes of an address; `undefined` when it says nothing new: a repeat, one on an address that is stopped
 * already (the first reason stays), or one on a message from before somebody lifted the stop.
 */
export function weighReport(health: MailHealth, report: MailReport): MailHealth | undefined {
  if (health.stop) return undefined;
  if (health.lift && toEpochMs(report.sentAt) <= toEpochMs(health.lift.at)) return undefined;
  const { finding, messageId, reportedAt: since, detail } = report;
  if (finding !== 'transient_bounce') {
    return {
      ...health,
      failures: [],
      stop: { reason: finding === 'complaint' ? 'complained' : 'bounced', since, detail },
    };
  }
  if (health.failures.some((failure) => failure.messageId === messageId)) return undefined;
  const failures = recent([...health.failures, { messageId, at: since }]);
  if (failures.length < FAILURES_TO_STOP) return { ...health, failures };
  return { ...health, failures: [], stop: { reason: 'keeps_failing', since, detail } };
}

/** The stop ends, and what was counted is forgotten. */
export function liftStop(health: MailHealth, lift: NonNullable<MailHealth['lift']>): MailHealth | undefined {
  return health.stop && { failures: [], lift };
}

/** Reports come in any order: the window ends with the latest of them. */
function recent(failures: MailHealth['failures']): MailHealth['failures'] {
  const sorted = failures.toSorted((a, b) => toEpochMs(a.at) - toEpochMs(b.at));
  const latest = sorted.at(-1);
  if (!latest) return [];
  return sorted.filter(({ at }) => toEpochMs(latest.at) - toEpochMs(at) <= FAILURES_WITHIN_DAYS * DAY_MS);
}
