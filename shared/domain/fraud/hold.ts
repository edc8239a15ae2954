/** `open`: nobody decided. `escalated`: nor in time. Both wait; neither ends by itself. */
export const HOLD_STATUSES = ['open', 'escalated', 'released', 'voided'] as const;
export type HoldStatus = (typeof HOLD_STATUSES)[number];

/** `release`: the sale earns as if it had not been held. `void`: it never earns for its partners. */
export type HoldDecision = 'release' | 'void';

/** Why a held sale earns nothing until somebody decides, and a voided one for good (`earnsNothing`). */
export const HELD = 'fraud_hold';
export const VOIDED = 'fraud_void';
export const isHeldReason = (reason: string | undefined): boolean => reason === HELD;

export function isWaiting(status: HoldStatus): boolean {
  return status === 'open' || status === 'escalated';
}

/** A void is final for those whose sale it was: another partner may bring it, and nobody hands it back. */
export function isVoidedFor(
  hold: { readonly status: HoldStatus; readonly partnerIds: readonly string[] } | undefined,
  partnerId: string,
): boolean {
  return hold?.status === 'voided' && hold.partnerIds.includes(partnerId);
}

/** What a partner reads instead of the two codes above: that it was looked at, and nothing that teaches what to avoid. */
const FOR_PARTNERS: Readonly<Record<string, string>> = { [HELD]: 'under_review', [VOIDED]: 'not_accepted' };

export function reasonForPartner(reason: string): string {
  return FOR_PARTNERS[reason] ?? reason;
}

export type HoldDecisionRefusal = 'not_open' | 'own_partner';

/** Whether somebody may decide on a held sale: once, and nobody who acts for one of its partners. */
export function holdDecisionRefusal(
  hold: { readonly status: HoldStatus; readonly partnerIds: readonly string[] },
  { ownPartners }: { readonly ownPartners: readonly string[] },
): HoldDecisionRefusal | undefined {
  if (hold.partnerIds.some((partnerId) => ownPartners.includes(partnerId))) return 'own_partner';
  return isWaiting(hold.status) ? undefined : 'not_open';
}
