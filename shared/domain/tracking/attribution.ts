import type { EpochMs } from '../time/instant.ts';

export type TouchKind = 'partner' | 'code' | 'link';

/** Something that points from a sale to a partner, or tried to. */
export type Touch = {
  readonly kind: TouchKind;
  /** The partner id, the code or the link's slug; absent when it could not be read. */
  readonly reference?: string | undefined;
  readonly partnerId?: string | undefined;
  readonly at?: EpochMs | undefined;
  readonly clickId?: string | undefined;
  /** Set when what was sent could not be believed at all, e.g. `token_not_genuine`. */
  readonly rejected?: TouchRejection | undefined;
};

export type TouchRejection =
  | 'token_not_genuine'
  | 'other_program'
  | 'unknown_code'
  | 'code_disabled'
  | 'code_not_valid_then'
  | 'outside_window'
  | 'after_the_sale';

export type WeighedTouch = Touch & { readonly outcome: 'won' | 'outweighed' | 'rejected' };

export type AttributionReason =
  | 'named_by_merchant'
  | 'only_touch'
  | 'code_beats_link'
  | 'link_beats_code'
  | 'last_touch'
  | 'first_touch'
  | 'no_touch'
  | 'no_valid_touch';

export type AttributionDecision = {
  readonly partnerId: string | undefined;
  readonly touches: readonly WeighedTouch[];
  readonly why: AttributionReason;
};

export type AttributionRules = {
  /** `linear` is the influence view beside the decision: the decision itself is then made as `last_touch`. */
  readonly model: 'last_touch' | 'first_touch' | 'linear';
  readonly windowDays: number;
  readonly codeBeatsLink: boolean;
};

const DAY_MS = 86_400_000;
/** Clocks of shops and of this system differ: a click this little after the sale is still the click before it. */
const CLOCK_SKEW_MS = 5 * 60_000;

/**
 * Decides which partner a sale belongs to and keeps why: all touches, the winner, the reason.
 * What the merchant asserts outranks codes and links; between those `codeBeatsLink` decides, within links the model.
 * A touch that cannot be believed is kept as rejected; it never loses the sale (design.md, Tracking).
 */
export function attribute(touches: readonly Touch[], soldAt: EpochMs, rules: AttributionRules): AttributionDecision {
  const judged = touches.map((touch) => ({ ...touch, rejected: touch.rejected ?? rejectionOf(touch, soldAt, rules) }));
  const valid = judged.filter((touch) => touch.rejected === undefined && touch.partnerId !== undefined);
  const { winner, why } = pickWinner(valid, touches.length, rules);
  return {
    partnerId: winner?.partnerId,
    why,
    touches: judged.map((touch) => ({
      ...touch,
      outcome: touch === winner ? 'won' : valid.includes(touch) ? 'outweighed' : 'rejected',
    })),
  };
}

function rejectionOf(touch: Touch, soldAt: EpochMs, rules: AttributionRules): TouchRejection | undefined {
  if (touch.kind !== 'link' || touch.at === undefined) return undefined;
  if (touch.at > soldAt + CLOCK_SKEW_MS) return 'after_the_sale';
  return soldAt - touch.at > rules.windowDays * DAY_MS ? 'outside_window' : undefined;
}

function pickWinner<T extends Touch>(
  valid: readonly T[],
  offered: number,
  rules: AttributionRules,
): { winner: T | undefined; why: AttributionReason } {
  const named = valid.find((touch) => touch.kind === 'partner');
  if (named) return { winner: named, why: 'named_by_merchant' };
  const code = valid.find((touch) => touch.kind === 'code');
  const links = valid
    .filter((touch) => touch.kind === 'link')
    .sort((a, b) => (a.at ?? 0) - (b.at ?? 0) || ((a.clickId ?? '') < (b.clickId ?? '') ? -1 : 1));
  const link = rules.model === 'first_touch' ? links[0] : links.at(-1);
  if (code && link) {
    return rules.codeBeatsLink ? { winner: code, why: 'code_beats_link' } : { winner: link, why: 'link_beats_code' };
  }
  const winner = code ?? link;
  if (!winner) return { winner: undefined, why: offered === 0 ? 'no_touch' : 'no_valid_touch' };
  if (valid.length === 1) return { winner, why: 'only_touch' };
  return { winner, why: rules.model === 'first_touch' ? 'first_touch' : 'last_touch' };
}
