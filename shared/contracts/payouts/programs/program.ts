import * as z from 'zod';
import {
  currencySchema,
  idSchema,
  nameSchema,
  nonNegativeMinorSchema,
  periodSchema,
  timeZoneSchema,
} from '#shared/contracts/fields';
import { payoutsBodySchema, payoutsSchema, requiredSchema } from '#shared/contracts/payouts/programs/payout-policy';
import { programSettingsBody, programSettingsSchema } from '#shared/contracts/payouts/programs/program-settings';

const MAX_HOLD_DAYS = 366;

const MAX_AGE_MONTHS = 120;
const MAX_ANSWER_DAYS = 366;

export const approvalsSchema = z.strictObject({
  required: requiredSchema.default(2),
  extraApproverAboveMinor: nonNegativeMinorSchema.optional(),
});

const CONTROLS = {
  adjustmentLimitMinor: nonNegativeMinorSchema.meta({
    description: 'An adjustment above it, either way, needs a second person. Absent: none does.',
  }),
  writeOffLimitMinor: nonNegativeMinorSchema.meta({ description: 'A write-off above it needs a second person.' }),
  negativeBalanceAgeMonths: z.int().min(0).max(MAX_AGE_MONTHS).meta({
    description: 'A balance that is negative for longer is shown to the approvers of a run.',
  }),
  disputeAnswerDays: z.int().min(1).max(MAX_ANSWER_DAYS),
};

/** What a new programme may say; the rest has its defaults. */
export const controlsBodySchema = z.strictObject(CONTROLS).partial();

/** A change: what is absent stays, null takes an optional control away (RFC 7396). */
export const controlsChangeSchema = z
  .strictObject({
    ...CONTROLS,
    adjustmentLimitMinor: CONTROLS.adjustmentLimitMinor.nullable(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'must name at least one control');

const controlsSchema = z.object({
  ...CONTROLS,
  adjustmentLimitMinor: CONTROLS.adjustmentLimitMinor.optional(),
});

export const programBodySchema = z.strictObject({
  name: nameSchema.meta({ example: 'Acme partners' }),
  currency: currencySchema.meta({ example: 'GBP' }),
  timeZone: timeZoneSchema.meta({ example: 'Europe/London' }),
  holdDays: z.int().min(0).max(MAX_HOLD_DAYS).meta({ description: 'Calendar days before a sale counts as earned.' }),
  minimumPayoutMinor: nonNegativeMinorSchema.meta({ description: 'Smaller amounts are carried to the next month.' }),
  booksOpenFrom: periodSchema.optional().meta({ description: 'First month that can be closed; default: this month.' }),
  ...programSettingsBody,
  approvals: z
    .union([requiredSchema, approvalsSchema])
    .optional()
    .meta({ description: 'People who must approve a payout run: a number, or a policy. Default: two.' }),
  payouts: payoutsBodySchema.optional().meta({ description: 'Rules of deciding and paying; each has a default.' }),
  controls: controlsBodySchema.optional().meta({ description: 'Limits and deadlines; each has a default.' }),
});

export const programSchema = z.object({
  programId: idSchema,
  name: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  holdDays: z.int(),
  minimumPayoutMinor: z.int(),
  booksOpenFrom: z.string(),
  attribution: programSettingsSchema.shape.attribution,
  tracking: programSettingsSchema.shape.tracking,
  fraud: programSettingsSchema.shape.fraud
    .optional()
    .meta({ description: 'Shown to staff, not to partners and merchants.' }),
  settingsVersion: z.int().meta({ description: 'How often attribution, tracking or fraud settings were changed.' }),
  approvals: approvalsSchema,
  payouts: payoutsSchema.optional().meta({ description: 'Shown to staff, not to partners and merchants.' }),
  payeeRules: payoutsSchema.pick({ partnerRails: true, freshLoginMinutes: true, payeeCooldownHours: true }).meta({
    description:
      'How partners say where they are paid: by which rails, how freshly signed in, how long a change rests.',
  }),
  policyVersion: z.int().meta({ description: 'How often approvals or the rules of payouts were changed.' }),
  controls: controlsSchema.optional().meta({ description: 'Shown to staff, not to partners and merchants.' }),
  controlsVersion: z.int().meta({ description: 'How often the controls were changed.' }),
  closedThrough: z.string().meta({
    description:
      'Facts up to this month belong to a run that was opened: it may still wait for its decision, and a rejection moves this back. At first the month before `booksOpenFrom`.',
  }),
  createdAt: z.string(),
});
