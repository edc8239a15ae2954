import type { ExplainedOrder, OrderHold } from '#shared/application/payouts/explain/explain-ports';
import type { ExplainedReview, Explanation } from '#shared/application/payouts/explain/explanation';
import { reasonForPartner } from '#shared/domain/fraud/hold';

/**
 * That a sale was looked at for fraud and what came of it. Staff read the signals with their evidence; a partner only that it
 * is under review, was accepted or was not, and of a sale that is merely flagged nothing.
 */
export function reviewPart(
  { conversion, hold }: ExplainedOrder,
  onlyPartners: readonly string[] | undefined,
): ExplainedReview | undefined {
  if (onlyPartners) {
    // Who was given the sale since learns nothing of what was thought of the partner before.
    const isTheirs = hold?.partnerIds.some((partnerId) => onlyPartners.includes(partnerId));
    return hold && isTheirs ? { status: statusForPartner(hold), sentence: sentenceForPartner(hold) } : undefined;
  }
  const { signals = [] } = conversion;
  if (!hold) {
    if (signals.length === 0) return undefined;
    const sentence = `Signals were found, and the programme only shows them: ${evidenceOf(signals)}`;
    return { status: 'flagged', signals, sentence };
  }
  const { status, heldAt, deadline, escalatedAt, decision } = hold;
  const what = `It was held at ${heldAt}: ${evidenceOf(hold.signals)}`;
  const then = decision
    ? `It was ${status} by ${decision.by} at ${decision.at}, "${decision.reason}".`
    : `It waits for a decision, due by ${deadline}${escalatedAt === undefined ? '' : '; it is overdue'}.`;
  return { status, heldAt, deadline, signals: hold.signals, sentence: `${what} ${then}` };
}

function evidenceOf(signals: OrderHold['signals']): string {
  return signals.map(({ code, evidence }) => `${code}: ${evidence}`).join(' ');
}

const FOR_PARTNER: Readonly<Record<OrderHold['status'], readonly [ExplainedReview['status'], string]>> = {
  open: ['under_review', 'The programme is looking at it before it counts.'],
  escalated: ['under_review', 'The programme is looking at it before it counts.'],
  released: ['accepted', 'The programme looked at it and accepted it.'],
  voided: ['not_accepted', 'The programme looked at it and did not accept it. You may dispute that.'],
};

function statusForPartner({ status }: OrderHold): ExplainedReview['status'] {
  return FOR_PARTNER[status][0];
}

function sentenceForPartner({ status }: OrderHold): string {
  return FOR_PARTNER[status][1];
}

type Reasoned = {
  readonly nothingBecause?: Explanation['nothingBecause'];
  readonly decisions: Explanation['decisions'];
};

/** Why a sale earns nothing as its reader may know it: that a hold is about fraud is no word for a partner. */
export function reasonedFor<T extends Reasoned>(told: T, onlyPartners: readonly string[] | undefined): T {
  if (!onlyPartners) return told;
  const shown = <R extends { readonly reason?: string | undefined }>(one: R): R =>
    one.reason === undefined ? one : { ...one, reason: reasonForPartner(one.reason) };
  const { nothingBecause, decisions } = told;
  return { ...told, nothingBecause: nothingBecause && shown(nothingBecause), decisions: decisions.map(shown) };
}
