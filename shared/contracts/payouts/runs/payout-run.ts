import * as z from 'zod';
import { EXCLUSIONS } from '#shared/domain/run/payout-run';

export const runStatusSchema = z.enum([
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

export const sixAmountsSchema = z.object({
  earnedMinor: z.int(),
  clawbackMinor: z.int(),
  adjustmentMinor: z.int(),
  openingBalanceMinor: z.int(),
  payableMinor: z.int(),
  closingBalanceMinor: z.int(),
});

export const payoutRunSchema = z.object({
  runId: z.string().meta({ example: '2026-01.1' }),
  programId: z.string(),
  period: z.string(),
  attempt: z.int(),
  status: runStatusSchema,
  contentHash: z.string().nullable().meta({ description: 'What a decision approves; null until it is computed.' }),
  contentHashWords: z.string().nullable().meta({
    description:
      'The content hash in eight English words, for two people to compare on the phone. What is approved is the hash.',
  }),
  totals: z.array(
    z.object({
      currency: z.string(),
      statements: z.int(),
      partners: z.int(),
      ...sixAmountsSchema.shape,
      earnedChangeMinor: z.int().optional(),
      waitingPayouts: z
        .int()
        .optional()
        .meta({ description: 'How many payouts of earlier runs still wait: an approval of this run pays them too.' }),
      waitingMinor: z.int().optional().meta({
        description: 'Their sum, which is paid besides `payableMinor`. The content hash covers each of them.',
      }),
    }),
  ),
  anomalies: z.array(
    z.object({
      kind: z.string(),
      currency: z.string(),
      partnerId: z.string().optional(),
      amountMinor: z.int().optional(),
      count: z.int().optional().meta({
        description: 'How many adjustments wait for a second person, or how many payouts of the partner for this run.',
      }),
      since: z.string().optional().meta({ description: 'Since when a balance has been negative.' }),
      by: z
        .string()
        .optional()
        .meta({ description: 'Who changed controls or the payout policy since the last run was opened.' }),
      onBehalfOf: z.string().optional(),
      reasons: z.array(z.string()).optional().meta({
        description:
          'The codes of the signals: of `sales_held`, which earn nothing in this run until somebody decides, and of `partner_flagged`.',
      }),
      controls: z
        .array(z.string())
        .optional()
        .meta({ description: 'The names of the controls, or of the rules of the policy, that were changed.' }),
    }),
  ),
  approvals: z.object({
    required: z.int().meta({
      description: 'Different people; fixed when the run is summarised, by the payout policy that held then.',
    }),
    policyVersion: z.int().optional().meta({ description: 'Of the payout policy that the run is decided by.' }),
    given: z.array(
      z.object({
        by: z.string(),
        at: z.string(),
        decision: z.enum(['approve', 'reject']),
        comment: z.string().optional(),
        signedInAt: z.string().optional().meta({
          description: 'When its giver had signed in, where the policy asks for a fresh sign-in.',
        }),
        voidedBy: z.enum(EXCLUSIONS).optional().meta({
          description: 'The approval no longer counts, because of what its giver did: somebody else must approve.',
        }),
      }),
    ),
  }),
  decisionBy: z.string().optional().meta({
    description:
      'A run that nobody has decided on by then expires: its drafts are void and its month is open again. Fixed when the wait begins.',
  }),
  reminders: z.array(z.object({ afterHours: z.int(), at: z.string(), approvals: z.int() })).meta({
    description:
      'When its approvers were reminded, after how many hours of waiting, with so many approvals. The last one may be that it is about to expire: a day before, or after half of a wait of less than two days.',
  }),
  openedBy: z.string(),
  openedAt: z.string(),
  holds: z.array(z.string()),
  failures: z.array(z.object({ at: z.string(), during: z.string(), reason: z.string() })),
});

/** What the person who asks may do about a run now. */
export const yourDecisionSchema = z.object({
  allowed: z.boolean().meta({ description: 'Whether an approval would be taken.' }),
  mayReject: z.boolean(),
  reasons: z
    .array(
      z.object({
        code: z.string().meta({ description: 'The code with which an approval would be refused.' }),
        exclusion: z.enum(EXCLUSIONS).optional(),
        text: z.string(),
      }),
    )
    .meta({ description: 'Why an approval would not be taken; empty when it would.' }),
});
