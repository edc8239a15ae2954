import { compareText, type EpochMs } from '../time/instant.ts';

/** `binding`: the customer belongs to the partner since an earlier sale, or because a manager said so. */
export type TouchKind = 'partner' | 'binding' | 'code' | 'link';

/** What the redirect saw of a click: kept to be weighed as a sign of fraud, never a reason to reject it here. */
export type TouchFlag = 'bot' | 'prefetch' | 'paid_search';

/** Something that points from a sale to a partner, or tried to. */
export type Touch = {
  readonly kind: TouchKind;
  /** The partner id, the code, the link's slug, or the order that bound the customer; absent when it could not be read. */
  readonly reference?: string | undefined;
  readonly partnerId?: string | undefined;
  readonly at?: EpochMs | undefined;
  readonly clickId?: string | undefined;
  readonly flags?: readonly TouchFlag[] | undefined;
  /** Set when what was sent could not be believed at all, e.g. `token_not_genuine`. */
  readonly rejected?: TouchRejection | undefined;
};

export const TOUCH_REJECTIONS = [
  'token_not_genuine',
  'other_program',
  'unknown_code',
  'code_disabled',
  'code_not_valid_then',
  'outside_window',
  'after_the_sale',
  'binding_ended',
] as const;
export type TouchRejection = (typeof TOUCH_REJECTIONS)[number];

export type WeighedTouch = Touch & { readonly outcome: 'won' | 'outweighed' | 'rejected' };

export const ATTRIBUTION_REASONS = [
  'named_by_merchant',
  'only_touch',
  'code_beats_link',
  'link_beats_code',
  'last_touch',
  'first_touch',
  'bound_customer',
  'binding_beats_touches',
  'touches_beat_binding',
  'no_touch',
  'no_valid_touch',
] as const;
export type AttributionReason = (typeof ATTRIBUTION_REASONS)[number];

export type AttributionDecision = {
  readonly partnerId: string | undefined;
  /** In an order of their own, whatever order they came in: by kind, then time, then id. */
  readonly touches: readonly WeighedTouch[];
  readonly why: AttributionReason;
};

/** The settings of a programme that decide; the optional ones are younger than some kept decisions. */
export type AttributionRules = {
  /** `linear` is the influence view beside the decision: the decision itself is then made as `last_touch`. */
  readonly model: 'last_touch' | 'first_touch' | 'linear';
  /** Days of exactly 24 hours before the sale, inclusive to the millisecond: no time zone moves it. */
  readonly windowDays: number;
  readonly codeBeatsLink: boolean;
  /** Sales of customers who bought before earn nothing. Absent: they do. */
  readonly newCustomersOnly?: boolean | undefined;
  /** Whether an attributed sale binds its customer. Absent: never. */
  readonly bindCustomers?: 'never' | 'first_sale' | undefined;
  /** Whether a customer stays with the partner it is bound to, whatever codes and links came later. Absent: it does. */
  readonly bindingBeatsTouches?: boolean | undefined;
  /** Calendar months that a sale binds for; absent: until somebody unbinds the customer. */
  readonly bindingMonths?: number | undefined;
};

const DAY_MS = 86_400_000;
/** Clocks of shops and of this system differ: a click this little after the sale is still the click before it. */
const CLOCK_SKEW_MS = 5 * 60_000;

/**
 * Decides which partner a sale belongs to and keeps why: all touches, the winner, the reason. The order in which touches
 * are given changes nothing, and the same click or code given twice is one.
 * What the merchant asserts outranks everything; then the binding of the customer, unless touches may outrank it; between
 * codes and links `codeBeatsLink` decides, and within either the model. Of two at the same instant the greater id wins as
 * the last touch and the smaller as the first (code, then click id, as text).
 * A touch that cannot be believed is kept as rejected; it never loses the sale (design.md, Tracking).
 */
export function attribute(touches: readonly Touch[], soldAt: EpochMs, rules: AttributionRules): AttributionDecision {
  const judged = distinctTouches(touches).map((touch) => ({
    ...touch,
    rejected: touch.rejected ?? rejectionOf(touch, soldAt, rules),
  }));
  const valid = judged.filter((touch) => touch.rejected === undefined && touch.partnerId !== undefined);
  const { winner, why } = pickWinner(valid, judged.length, rules);
  return {
    partnerId: winner?.partnerId,
    why,
    touches: judged.map((touch) => ({
      ...touch,
      outcome: touch === winner ? 'won' : valid.includes(touch) ? 'outweighed' : 'rejected',
    })),
  };
}

const RANK: Readonly<Record<TouchKind, number>> = { partner: 0, binding: 1, code: 2, link: 3 };

/** By kind, then time, then id: a total order, so that nothing depends on the order of arrival. */
function compareTouches(a: Touch, b: Touch): number {
  return (
    RANK[a.kind] - RANK[b.kind] ||
    (a.at ?? 0) - (b.at ?? 0) ||
    compareText(a.reference ?? '', b.reference ?? '') ||
    compareText(a.clickId ?? '', b.clickId ?? '') ||
    compareText(a.partnerId ?? '', b.partnerId ?? '') ||
    compareText(a.rejected ?? '', b.rejected ?? '') ||
    compareText(a.flags?.join() ?? '', b.flags?.join() ?? '')
  );
}

/** Sorted, each once: a click by its id, a code by itself and its time, what could not be read by why. */
function distinctTouches(touches: readonly Touch[]): readonly Touch[] {
  const byName = new Map<string, Touch>();
  for (const touch of [...touches].sort(compareTouches)) {
    const { kind, clickId, reference, at, rejected } = touch;
    const name = clickId === undefined ? JSON.stringify([kind, reference, at, rejected]) : `click ${clickId}`;
    if (!byName.has(name)) byName.set(name, touch);
  }
  return [...byName.values()];
}

function rejectionOf(touch: Touch, soldAt: EpochMs, rules: AttributionRules): TouchRejection | undefined {
  if (touch.kind === 'partner' || touch.kind === 'binding' || touch.at === undefined) return undefined;
  if (touch.at > soldAt + CLOCK_SKEW_MS) return 'after_the_sale';
  return soldAt - touch.at > windowMs(rules) ? 'outside_window' : undefined;
}

export function windowMs({ windowDays }: Pick<AttributionRules, 'windowDays'>): number {
  return windowDays * DAY_MS;
}

type Choice<T> = { readonly winner: T | undefined; readonly why: AttributionReason };

function pickWinner<T extends Touch>(valid: readonly T[], offered: number, rules: AttributionRules): Choice<T> {
  const named = valid.find((touch) => touch.kind === 'partner');
  if (named) return { winner: named, why: 'named_by_merchant' };
  const touched = pickTouch(valid, rules);
  const binding = valid.find((touch) => touch.kind === 'binding');
  if (binding) {
    if (!touched) return { winner: binding, why: 'bound_customer' };
    return rules.bindingBeatsTouches === false
      ? { winner: touched.winner, why: 'touches_beat_binding' }
      : { winner: binding, why: 'binding_beats_touches' };
  }
  return touched ?? { winner: undefined, why: offered === 0 ? 'no_touch' : 'no_valid_touch' };
}

/** Among codes and links, which `valid` holds by time, then id. */
function pickTouch<T extends Touch>(valid: readonly T[], rules: AttributionRules): Choice<T> | undefined {
  const isFirst = rules.model === 'first_touch';
  const pick = (kind: TouchKind): T | undefined => {
    const ofKind = valid.filter((touch) => touch.kind === kind);
    return isFirst ? ofKind[0] : ofKind.at(-1);
  };
  const [code, link] = [pick('code'), pick('link')];
  if (code && link) {
    return rules.codeBeatsLink ? { winner: code, why: 'code_beats_link' } : { winner: link, why: 'link_beats_code' };
  }
  const winner = code ?? link;
  if (!winner) return undefined;
  const others = valid.filter((touch) => touch.kind === 'code' || touch.kind === 'link').length;
  if (others === 1) return { winner, why: 'only_touch' };
  return { winner, why: isFirst ? 'first_touch' : 'last_touch' };
}
