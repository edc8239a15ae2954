import { toDecimal } from '../money/minor-units.ts';
import type { DisputeDecision, DisputeKind, DisputeStatus } from '../partner/dispute.ts';
import type { Instant } from '../time/instant.ts';

const KINDS: Readonly<Record<DisputeKind, string>> = {
  missing: 'its commission is missing',
  incorrect: 'its commission is incorrect',
  declined: 'its commission was wrongly declined',
};

const OUTCOMES = { accepted: 'accepted', partly_accepted: 'accepted in part', declined: 'declined' } as const;

function remedyWords({ remedy }: Pick<DisputeDecision, 'remedy'>): string {
  if (!remedy) return '';
  if (remedy.kind === 'reattribution') return ', by giving it the sale';
  return `, with an adjustment of ${toDecimal(remedy.amountMinor, remedy.currency)} ${remedy.currency}`;
}

/** What a partner claimed about an order and what came of it, without a word of what was written. */
export function disputeSentence(dispute: {
  readonly disputeId: string;
  readonly partnerId: string;
  readonly kind: DisputeKind;
  readonly filedAt: Instant;
  readonly endedAs?: DisputeStatus | undefined;
  readonly decisions: readonly Pick<DisputeDecision, 'outcome' | 'decidedAt' | 'remedy'>[];
}): string {
  const { disputeId, partnerId, kind, filedAt, endedAs, decisions } = dispute;
  const claim = `Partner ${partnerId} claimed at ${filedAt} that ${KINDS[kind]} (dispute ${disputeId})`;
  const decided = decisions.map((one) => `it was ${OUTCOMES[one.outcome]} at ${one.decidedAt}${remedyWords(one)}`);
  if (endedAs === 'withdrawn') return `${claim}: it was withdrawn.`;
  return decided.length === 0 ? `${claim}: it waits for an answer.` : `${claim}: ${decided.join(', then ')}.`;
}
