import type * as z from 'zod';
import { isPartnerOnly, type Principal, partnersOf } from '#functions/runtime/principal';
import type { Dispute, DisputeMessage } from '#shared/application/partners/dispute-ports';
import type { SameOrder } from '#shared/application/partners/read-disputes';
import type { disputeMessageSchema, disputeSchema, sameOrderSchema } from '#shared/contracts/partners/dispute';
import { isOverdue, type RemedyEffect } from '#shared/domain/partner/dispute';
import { toInstant } from '#shared/domain/time/instant';

/** Whose disputes alone a caller may see, and as partners see them; `undefined` for staff. */
export function onlyPartnersOf(principal: Principal | undefined, programId: string): readonly string[] | undefined {
  return principal && isPartnerOnly(principal, programId) ? partnersOf(principal, programId) : undefined;
}

export type Viewer = {
  readonly isPartner: boolean;
  readonly nowMs: number;
  readonly escalationContact?: string | undefined;
};

/**
 * A dispute as its reader may see it. A partner learns what was decided and what it brings, not who works on it, nor why a
 * remedy failed: that may tell of another partner, and staff decide anew.
 */
export function disputeAnswer(dispute: Dispute, viewer: Viewer): z.input<typeof disputeSchema> {
  const { isPartner } = viewer;
  const { disputeId, partnerId, orderId, kind, statement, filedAt, filedBy, answerBy, escalatedAt } = dispute;
  const decision = dispute.decisions.at(-1);
  return {
    disputeId,
    partnerId,
    orderId,
    ...orderAnswer(dispute, isPartner),
    kind,
    statement,
    expected: dispute.expected && { ...dispute.expected, amountMinor: Number(dispute.expected.amountMinor) },
    evidence: [...dispute.evidence],
    status: dispute.status,
    filedAt,
    answerBy,
    overdue: isOverdue(dispute, toInstant(viewer.nowMs)),
    escalatedAt,
    escalationContact: viewer.escalationContact,
    filedBy: isPartner ? undefined : filedBy,
    decision: decision && {
      outcome: decision.outcome,
      explanation: decision.explanation,
      remedy: decision.remedy && remedyAnswer(decision.remedy),
      decidedAt: decision.decidedAt,
      decidedBy: isPartner ? undefined : decision.decidedBy,
    },
    effect: dispute.effect && effectAnswer(dispute.effect, isPartner),
  };
}

/** A partner reads of its own sales alone: whether there is another's order of an id is not for it to ask. */
function orderAnswer(
  { order, orderPartnerId, partnerId }: Dispute,
  isPartner: boolean,
): Pick<z.input<typeof disputeSchema>, 'order' | 'orderPartnerId'> {
  if (!isPartner) return { order, orderPartnerId };
  return orderPartnerId === partnerId ? { order: 'yours' } : {};
}

function remedyAnswer(remedy: NonNullable<Dispute['decisions'][number]['remedy']>): {
  kind: 'adjustment' | 'reattribution';
  amountMinor?: number;
  currency?: string;
  despiteAdjustment?: boolean | undefined;
} {
  return remedy.kind === 'adjustment' ? { ...remedy, amountMinor: Number(remedy.amountMinor) } : remedy;
}

function effectAnswer(effect: RemedyEffect, isPartner: boolean): z.input<typeof disputeSchema>['effect'] {
  if (effect.kind === 'failed') return isPartner ? undefined : effect;
  if (effect.kind === 'reattribution') return effect;
  if (effect.state === 'declined' && isPartner) return undefined;
  return { ...effect, waitsFor: effect.state === 'proposed' ? 'second_person' : undefined };
}

/** What came of an order, in short: no words, so that the answer stays small. */
export function sameOrderAnswer({ disputes, moves }: SameOrder): z.input<typeof sameOrderSchema> {
  return {
    disputes: disputes.map(({ disputeId, partnerId, kind, status, filedAt, decisions, effect }) => {
      const decision = decisions.at(-1);
      return {
        ...{ disputeId, partnerId, kind, status, filedAt },
        outcome: decision?.outcome,
        remedy: decision?.remedy && remedyAnswer(decision.remedy),
        effect: effect && effectAnswer(effect, false),
      };
    }),
    reattributions: moves.map(({ reattributionId, at, before, after, disputeId }) => ({
      ...{ reattributionId, at, disputeId },
      fromPartnerId: before.partnerId ?? null,
      toPartnerId: after.partnerId ?? null,
      period: after.period,
    })),
  };
}

export function messageAnswer(message: DisputeMessage, isPartner: boolean): z.input<typeof disputeMessageSchema> {
  const { messageId, at, by, from, internal, text, evidence } = message;
  const shown = { messageId, at, from, text, evidence: [...evidence] };
  return isPartner ? shown : { ...shown, by, internal };
}
