import * as z from 'zod';
import {
  currencySchema,
  idSchema,
  nameSchema,
  nonNegativeMinorSchema,
  periodSchema,
  timeZoneSchema,
} from '#shared/contracts/fields';

const MAX_APPROVERS = 10;
const MAX_HOLD_DAYS = 366;
const MAX_WINDOW_DAYS = 366;

const requiredSchema = z.int().min(1).max(MAX_APPROVERS);

export const attributionSchema = z.strictObject({
  model: z.enum(['last_touch', 'first_touch', 'linear']).default('last_touch'),
  windowDays: z.int().min(1).max(MAX_WINDOW_DAYS).default(90),
  codeBeatsLink: z.boolean().default(true),
});

export const approvalsSchema = z.strictObject({
  required: requiredSchema.default(2),
  extraApproverAboveMinor: nonNegativeMinorSchema.optional(),
});

export const programBodySchema = z.strictObject({
  name: nameSchema.meta({ example: 'Acme partners' }),
  currency: currencySchema.meta({ example: 'GBP' }),
  timeZone: timeZoneSchema.meta({ example: 'Europe/London' }),
  holdDays: z.int().min(0).max(MAX_HOLD_DAYS).meta({ description: 'Calendar days before a sale counts as earned.' }),
  minimumPayoutMinor: nonNegativeMinorSchema.meta({ description: 'Smaller amounts are carried to the next month.' }),
  booksOpenFrom: periodSchema.optional().meta({ description: 'First month that can be closed; default: this month.' }),
  attribution: attributionSchema.optional(),
  approvals: z
    .union([requiredSchema, approvalsSchema])
    .optional()
    .meta({ description: 'People who must approve a payout run: a number, or a policy. Default: two.' }),
});

export const programSchema = z.object({
  programId: idSchema,
  name: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  holdDays: z.int(),
  minimumPayoutMinor: z.int(),
  booksOpenFrom: z.string(),
  attribution: attributionSchema,
  approvals: approvalsSchema,
  closedThrough: z.string().meta({ description: 'Last closed month; the one before `booksOpenFrom` at first.' }),
  createdAt: z.string(),
});
