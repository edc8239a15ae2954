import * as z from 'zod';
import { instantField, minorField, periodField, sixAmountFields } from '#shared/adapters/dynamodb/money/money-fields';
import { runKey } from '#shared/adapters/dynamodb/money/money-keys';
import { EXCLUSIONS, type PayoutRun } from '#shared/domain/run/payout-run';

export const runStatusField = z.enum([
  'open',
  'draining',
  'computing',
  'summarising',
  'awaiting_decision',
  'posting',
  'submitting',
  'completed',
  'completed_with_failures',
  'rejected',
  'expired',
  'failed',
]);

const decisionField = z.enum(['approve', 'reject']);

const runItemSchema = z.object({
  programId: z.string(),
  runId: z.string(),
  period: periodField,
  attempt: z.number(),
  status: runStatusField,
  openedBy: z.string(),
  onBehalfOf: z.string().optional(),
  openedAt: instantField,
  execution: z.number(),
  summarisedAt: instantField.optional(),
  contentHash: z.string().optional(),
  waitingDigest: z.string().optional(),
  review: z.object({ asOf: instantField, root: z.string() }).optional(),
  totals: z.array(
    z.object({
      currency: z.string(),
      statements: z.number(),
      partners: z.number(),
      ...sixAmountFields,
      earnedChangeMinor: minorField.optional(),
      waitingPayouts: z.number().optional(),
      waitingMinor: minorField.optional(),
    }),
  ),
  anomalies: z.array(
    z.object({
      kind: z.enum([
        'negative_balance',
        'earned_jump',
        'largest_share',
        'nothing_earned',
        'adjustments_pending',
        'aged_negative_balance',
        'controls_changed',
        'policy_changed',
        'payer_not_set',
        'payouts_waiting',
        'sales_held',
        'partner_flagged',
      ]),
      currency: z.string(),
      partnerId: z.string().optional(),
      amountMinor: minorField.optional(),
      count: z.number().optional(),
      since: instantField.optional(),
      by: z.string().optional(),
      onBehalfOf: z.string().optional(),
      controls: z.array(z.string()).optional(),
      reasons: z.array(z.string()).optional(),
    }),
  ),
  shardCount: z.number().optional(),
  approvalsRequired: z.number(),
  policyVersion: z.number().optional(),
  decisionTimes: z
    .object({ since: instantField, reminderHours: z.array(z.number()), expiresAt: instantField })
    .optional(),
  reminders: z
    .array(
      z.object({
        afterHours: z.number(),
        at: instantField,
        approvals: z.number(),
        expiring: z.literal(true).optional(),
      }),
    )
    .optional(),
  given: z.array(
    z.object({
      by: z.string(),
      at: instantField,
      decision: decisionField,
      comment: z.string().optional(),
      signedInAt: instantField.optional(),
      voidedBy: z.enum(EXCLUSIONS).optional(),
    }),
  ),
  holds: z.array(z.string()),
  decision: decisionField.optional(),
  failures: z.array(z.object({ at: instantField, during: runStatusField, reason: z.string() })),
});

export const RUN_ITEM_TYPE = 'run';

export function runOfItem(item: unknown): PayoutRun {
  return runItemSchema.parse(item);
}

/** `isRecorded`: its opening has its record in the audit chain, unlike those of runs from before that. */
export function itemOfRun(run: PayoutRun, requestId: string): Record<string, unknown> {
  return { ...runKey(run.programId, run.runId), type: RUN_ITEM_TYPE, isRecorded: true, requestId, ...run };
}
