import * as z from 'zod';
import { instantField, minorField, periodField } from '#shared/adapters/dynamodb/money/money-fields';
import {
  adjustmentKey,
  adjustmentPeriodKey,
  pendingAdjustmentKey,
  proposalKey,
  proposalPeriodKey,
} from '#shared/adapters/dynamodb/money/money-keys';
import type {
  Adjustment,
  ProposedAdjustment,
  RecordedAdjustment,
} from '#shared/application/payouts/adjustments/adjustment-ports';
import { REASON_CODES } from '#shared/domain/ledger/adjustment';

const contentFields = {
  adjustmentId: z.string(),
  partnerId: z.string(),
  period: periodField,
  occurredAt: instantField,
  amountMinor: minorField,
  currency: z.string(),
  reason: z.string(),
  // Adjustments are older than their reason codes.
  reasonCode: z.enum(REASON_CODES).default('other'),
  links: z.object({ disputeId: z.string().optional() }).optional(),
  recordedBy: z.string(),
  onBehalfOf: z.string().optional(),
};

const recordedSchema = z.object({
  ...contentFields,
  recordedAt: instantField,
  proposedAt: instantField.optional(),
  approvedBy: z.string().optional(),
  comment: z.string().optional(),
});

const proposalSchema = z.object({
  ...contentFields,
  proposedAt: instantField,
  status: z.enum(['proposed', 'recorded', 'declined']),
  decision: z
    .object({
      decision: z.enum(['approve', 'decline']),
      by: z.string(),
      at: instantField,
      comment: z.string().optional(),
    })
    .optional(),
});

type Item = Record<string, unknown>;

/** What the stream and its readers tell the two kinds of items apart by. */
export const ADJUSTMENT_ITEM_TYPE = 'adjustment';
export const PROPOSAL_ITEM_TYPE = 'adjustment_proposal';

export function itemOfAdjustment(programId: string, adjustment: RecordedAdjustment): Item {
  return {
    ...adjustmentKey(programId, adjustment.adjustmentId),
    ...adjustmentPeriodKey(programId, adjustment.period, adjustment),
    type: ADJUSTMENT_ITEM_TYPE,
    programId,
    ...adjustment,
  };
}

/** In the contract index only while it waits for a decision. */
export function itemOfProposal(programId: string, proposal: ProposedAdjustment): Item {
  return {
    ...proposalKey(programId, proposal.adjustmentId),
    ...proposalPeriodKey(programId, proposal.period, proposal),
    ...pendingAdjustmentKey(programId, proposal),
    type: PROPOSAL_ITEM_TYPE,
    programId,
    status: 'proposed',
    ...proposal,
  };
}

export function recordedOfItem(item: unknown): RecordedAdjustment {
  return recordedSchema.parse(item);
}

/** An adjustment as it stands, from the fact or from its proposal. */
export function adjustmentOfItem(item: Item): Adjustment {
  return item.type === PROPOSAL_ITEM_TYPE ? proposalSchema.parse(item) : viewOf(recordedOfItem(item));
}

/** A fact as a reader sees it: its approval is its decision. */
export function viewOf({ approvedBy, comment, ...adjustment }: RecordedAdjustment): Adjustment {
  if (approvedBy === undefined) return { ...adjustment, status: 'recorded' };
  const decision = { decision: 'approve' as const, by: approvedBy, at: adjustment.recordedAt };
  return { ...adjustment, status: 'recorded', decision: comment === undefined ? decision : { ...decision, comment } };
}
