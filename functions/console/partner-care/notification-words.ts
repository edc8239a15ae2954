import { isKind } from '#shared/application/notifications/cadences';
import { KINDS, type NoticeKind } from '#shared/application/notifications/messages';

/** What each kind of notice tells, to be chosen by. */
export const NOTICES: Readonly<Record<NoticeKind, string>> = {
  'tier.promoted': 'You reach a higher tier',
  'tier.demoted': 'You move to a lower tier',
  'tier.changed': 'Your tier changes otherwise',
  'tier.demotion_warned': 'You may lose your tier',
  'tier.demotion_lifted': 'A warning about your tier is over',
  'tier.within_reach': 'The next tier is within reach',
  'certification.earned': 'You earn a certificate',
  'certification.expiring': 'A certificate expires soon',
  'conversion.recorded': 'A sale is recorded',
  'conversion.held': 'A sale is held for review',
  'statement.ready': 'A statement is ready',
  'payout.approved': 'A payout is approved',
  'payout.paid': 'A payout is paid',
  'payout.failed': 'A payout failed',
  'payout.returned': 'A payout came back',
  'payee.changed': 'Payment details change',
  'dispute.answered': 'A dispute is answered',
  'dispute.corrected': 'A decided dispute is looked at again',
  'agreement.expiring': 'An agreement ends soon',
  'run.awaiting_decision': 'A payout run waits for a decision',
  'run.reminded': 'A payout run still waits',
  'run.expiring': 'A payout run expires soon',
  'run.expired': 'A payout run expired',
  'dispute.overdue': 'A dispute is overdue',
  'holds.overdue': 'Held sales are overdue',
  'webhook.paused': 'A webhook endpoint was paused',
};

const GROUPS = {
  money: 'Money',
  security: 'Security',
  sales: 'Sales',
  tier: 'Tier',
  training: 'Training',
  agreement: 'Agreement',
} as const;

export const CADENCES = {
  now: 'At once',
  daily: 'In a daily summary',
  monthly: 'In a monthly summary',
  off: 'No e-mail',
} as const;
export const LANGUAGE_NAMES = { en: 'English', de: 'Deutsch', es: 'Español', fr: 'Français' } as const;

export function noticeWords(kind: string): string {
  return isKind(kind) ? (NOTICES[kind] ?? kind) : kind;
}

/** Kinds in the order of their groups; one that is newer than these words stands last. */
export function grouped<T extends { readonly kind: string }>(
  kinds: readonly T[],
): readonly (readonly [string, readonly T[]])[] {
  const groupOf = ({ kind }: T): string => (isKind(kind) ? (GROUPS[KINDS[kind].category] ?? 'Other') : 'Other');
  return [...Map.groupBy(kinds, groupOf)].toSorted(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b));
}

const ORDER: readonly string[] = [...Object.values(GROUPS), 'Other'];

/** The form's name of a kind: dots would read as a path. */
export function fieldOf(kind: string): string {
  return `cadence-${kind.replaceAll('.', '-')}`;
}
