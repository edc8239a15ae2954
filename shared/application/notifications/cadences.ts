import { type Audience, type Cadence, KINDS, type NoticeKind } from '#shared/application/notifications/messages';
import type { Choices } from '#shared/application/notifications/preferences';

type Rule = { readonly cadences: readonly Cadence[]; readonly rule: string };

const ALWAYS_NOW: Rule = { cadences: ['now'], rule: 'tells of security and is always sent at once' };
const SOON: Rule = {
  cadences: ['now', 'daily'],
  rule: 'asks for a decision that lapses: it is sent at once or daily, and cannot be off',
};
const NEVER_OFF: Rule = {
  cadences: ['now', 'daily', 'monthly'],
  rule: 'tells of money: it is sent at once, daily or monthly, and cannot be off',
};
const ANY: Rule = {
  cadences: ['now', 'daily', 'monthly', 'off'],
  rule: 'is sent at once, daily, monthly or not at all',
};

/** How a kind may be sent, and why: money and security ones cannot be off (issue "Tiers and notifications", 5). */
export function ruleOf(kind: NoticeKind): Rule {
  const { category, audiences } = KINDS[kind];
  if (category === 'security') return ALWAYS_NOW;
  if (category !== 'money') return ANY;
  return audiences.includes('partner') ? NEVER_OFF : SOON;
}

export function mayBeOff(kind: NoticeKind): boolean {
  return ruleOf(kind).cadences.includes('off');
}

/** How a reader gets a kind. A choice that is not allowed any more counts as none. */
export function cadenceOf(kind: NoticeKind, choices: Pick<Choices, 'cadences'> | undefined): Cadence {
  const chosen = choices?.cadences[kind];
  return chosen !== undefined && ruleOf(kind).cadences.includes(chosen) ? chosen : KINDS[kind].usually;
}

/** In the order in which they are declared. */
export function kindsFor(audience: Audience): readonly NoticeKind[] {
  return (Object.keys(KINDS) as NoticeKind[]).filter((kind) => KINDS[kind].audiences.includes(audience));
}

export function isKind(text: string): text is NoticeKind {
  return Object.hasOwn(KINDS, text);
}

/** Kinds of which a partner has many a day: a digest sums them up from the facts, and there is nothing of each. */
export const SUMMED_KINDS = ['conversion.recorded', 'conversion.held'] as const satisfies readonly NoticeKind[];
export type SummedKind = (typeof SUMMED_KINDS)[number];
const SUMMED: ReadonlySet<NoticeKind> = new Set<NoticeKind>(SUMMED_KINDS);

export function isSummed(kind: NoticeKind, audience: Audience): boolean {
  return audience === 'partner' && SUMMED.has(kind);
}

/** The digest in which a partner's sales are summed up: that of its recorded sales, else that of its held ones. */
export function salesRhythm(choices: Pick<Choices, 'cadences'> | undefined): 'daily' | 'monthly' | undefined {
  const found = [...SUMMED].map((kind) => cadenceOf(kind, choices)).find(isRhythm);
  return found;
}

export function isRhythm(cadence: Cadence): cadence is 'daily' | 'monthly' {
  return cadence === 'daily' || cadence === 'monthly';
}
