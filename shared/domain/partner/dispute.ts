import type { Currency } from '../money/money.ts';
import { addCalendarDays } from '../time/calendar.ts';
import { type Instant, type Period, toEpochMs, toInstant } from '../time/instant.ts';
import type { TimeZone } from '../time/time-zone.ts';

/** A partner's claim that a commission is missing, incorrect or wrongly declined (design.md, Commission semantics 13). */
export type DisputeKind = 'missing' | 'incorrect' | 'declined';

/**
 * `open` and `escalated` wait for an answer; `decided` was accepted and its remedy is being carried out; `failed` says that
 * the remedy could not be, so that it is decided anew. `carried_out`, `declined` and `withdrawn` are ends.
 */
export const DISPUTE_STATUSES = [
  'open',
  'escalated',
  'decided',
  'carried_out',
  'failed',
  'declined',
  'withdrawn',
] as const;
export type DisputeStatus = (typeof DISPUTE_STATUSES)[number];

/** What staff have to do something about, the most urgent first. */
export const AWAITED_STATUSES: readonly DisputeStatus[] = ['escalated', 'failed', 'open'];

export type DisputeOutcome = 'accepted' | 'partly_accepted' | 'declined';

/** What makes good: an amount in the first open period, or the sale itself from there on. */
export type Remedy =
  | { readonly kind: 'adjustment'; readonly amountMinor: bigint; readonly currency: Currency }
  /** `despiteAdjustment`: also if a dispute has paid for the sale by an adjustment. */
  | { readonly kind: 'reattribution'; readonly despiteAdjustment?: true | undefined };

/** The ways to make a claim good, as a caller sends them. */
export const REMEDIES_IN_WORDS = '{"adjustment": {"amountMinor", "currency"}} or {"reattribute": true}';

/** The strongest role that a person decides a dispute with. */
export const DECISION_AUTHORITIES = ['admin', 'finance', 'partner_manager'] as const;
export type DecisionAuthority = (typeof DECISION_AUTHORITIES)[number];

/** Whether a decision alone may add money: of who may record an adjustment. Any other waits for a second person who may. */
export function maySpend(authority: DecisionAuthority): boolean {
  return authority !== 'partner_manager';
}

export type DisputeDecision = {
  /** 1, 2, 3 ... within the dispute: another one follows only a remedy that failed. */
  readonly number: number;
  readonly outcome: DisputeOutcome;
  readonly remedy?: Remedy | undefined;
  readonly decidedBy: string;
  readonly authority: DecisionAuthority;
  readonly decidedAt: Instant;
};

/** What became of a decision's remedy. `proposed`: the adjustment waits for its second person. */
export type RemedyEffect =
  | {
      readonly kind: 'adjustment';
      readonly state: 'proposed' | 'recorded' | 'declined';
      readonly adjustmentId: string;
      readonly period: Period;
    }
  | { readonly kind: 'reattribution'; readonly reattributionId: string; readonly period: Period }
  | { readonly kind: 'failed'; readonly reason: string };

/** Whether a remedy brought nothing of what was decided, so that it is decided anew. */
export function cameToNothing(effect: {
  readonly kind: RemedyEffect['kind'];
  readonly state?: string | undefined;
}): boolean {
  return effect.kind === 'failed' || effect.state === 'declined';
}

/** Whether a dispute has paid for its order by an adjustment, or still may: then the sale itself would be paid twice. */
export function paysByAdjustment(dispute: {
  readonly endedAs?: DisputeStatus | undefined;
  readonly decisions: readonly Pick<DisputeDecision, 'remedy'>[];
}): boolean {
  const isGranted = dispute.endedAs === undefined || dispute.endedAs === 'carried_out';
  return isGranted && dispute.decisions.at(-1)?.remedy?.kind === 'adjustment';
}

/** Until when a dispute is to be answered: calendar days on the wall clock of the programme. */
export function answerByOf(filedAt: Instant, answerDays: number, zone: TimeZone): Instant {
  return toInstant(addCalendarDays(toEpochMs(filedAt), answerDays, zone));
}

export function isAwaited(status: DisputeStatus): boolean {
  return AWAITED_STATUSES.includes(status);
}

/** An end: the order may be disputed again. */
export function isEnd(status: DisputeStatus): boolean {
  return status === 'carried_out' || status === 'declined' || status === 'withdrawn';
}

export function isOverdue(
  dispute: { readonly status: DisputeStatus; readonly answerBy: Instant },
  now: Instant,
): boolean {
  return isAwaited(dispute.status) && dispute.answerBy <= now;
}

export type DecisionRefusal = 'not_open' | 'own_dispute';

/** Whether a person may decide: never who filed it, nor a person of the partner whose claim it is. */
export function decisionRefusal(
  dispute: { readonly status: DisputeStatus; readonly filedBy: string; readonly partnerId: string },
  person: { readonly id: string; readonly partnerIds: readonly string[] },
): DecisionRefusal | undefined {
  if (!isAwaited(dispute.status)) return 'not_open';
  const isOwn = person.id === dispute.filedBy || person.partnerIds.includes(dispute.partnerId);
  return isOwn ? 'own_dispute' : undefined;
}

/**
 * The status after a report on the remedy of decision `number`; `undefined` when the report changes nothing: it is of an
 * earlier decision, or came after a later report. Reports may come twice and in any order.
 */
export function statusAfter(
  dispute: {
    readonly status: DisputeStatus;
    readonly decisions: readonly { readonly number: number }[];
    readonly effect?: RemedyEffect | undefined;
  },
  number: number,
  effect: RemedyEffect,
): DisputeStatus | undefined {
  if (dispute.status !== 'decided' || dispute.decisions.at(-1)?.number !== number) return undefined;
  if (effect.kind === 'reattribution') return 'carried_out';
  if (effect.kind === 'failed') return 'failed';
  if (effect.state === 'proposed') return dispute.effect ? undefined : 'decided';
  return effect.state === 'recorded' ? 'carried_out' : 'failed';
}

const REMEDY_ID = /^dispute\.([^.]+)\.(\d{1,3})$/;

/** The id of what a decision brings about, so that it is brought about once: an adjustment's or a re-attribution's. */
export function remedyIdOf(disputeId: string, number: number): string {
  return `dispute.${disputeId}.${number}`;
}

/** The decision that an id was made for; `undefined` for any other id. */
export function decisionOfRemedy(
  remedyId: string,
): { readonly disputeId: string; readonly number: number } | undefined {
  const [, disputeId, number] = REMEDY_ID.exec(remedyId) ?? [];
  return disputeId === undefined ? undefined : { disputeId, number: Number(number) };
}
