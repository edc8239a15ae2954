import * as z from 'zod';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { tierStepKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { TierStep } from '#shared/application/partners/tiers/tier-steps';
import { tierConditionSchema } from '#shared/contracts/partners/tiers/tier-requirement';
import type { TierCondition } from '#shared/domain/partner/tiers/tier-scheme';

const countField = z.union([z.int(), z.bigint()]).transform(BigInt);

const conditionField = tierConditionSchema.transform(
  (json): TierCondition =>
    json.fact === 'partner_revenue' ? { ...json, atLeastMinor: BigInt(json.atLeastMinor) } : json,
);

/** A warning inside a partner's terms. */
export const warningField = z.object({
  warningId: z.string(),
  tier: z.string(),
  sequence: z.int(),
  to: z.string(),
  told: z.array(conditionField),
  warnedAt: instantField,
  lastWarnedAt: instantField.optional(),
  endsAt: instantField,
});

const measured = { condition: conditionField, found: countField, wanted: countField };

const stepSchema = z.object({
  programId: z.string(),
  partnerId: z.string(),
  number: z.int(),
  kind: z.enum(['promoted', 'warned', 'lifted', 'demoted', 'within_reach']),
  at: instantField,
  asOf: instantField,
  schemeVersion: z.int(),
  tier: z.string(),
  to: z.string().optional(),
  from: instantField.optional(),
  warningId: z.string().optional(),
  endsAt: instantField.optional(),
  isLast: z.boolean().optional(),
  measures: z.array(z.object({ ...measured, met: z.boolean() })),
  unmet: z.array(z.object({ ...measured, missing: countField, by: instantField.optional() })),
});

export function tierStepItem(step: TierStep): Record<string, unknown> {
  return { ...tierStepKey(step.programId, step.partnerId, step.number), ...step };
}

export function tierStepOfItem(item: unknown): TierStep {
  return stepSchema.parse(item);
}
