import * as z from 'zod';
import { instantField, minorField, periodField } from '#shared/adapters/dynamodb/money/money-fields';
import { programContractKey, programKey } from '#shared/adapters/dynamodb/money/money-keys';
import type { ControlsChange } from '#shared/application/payouts/ports';
import { DEFAULT_CONTROLS, type Program } from '#shared/application/programs';

/** Stored since there are controls; each has its default for items that are older than it. */
const controlsField = z.object({
  adjustmentLimitMinor: minorField.optional(),
  writeOffLimitMinor: minorField.default(DEFAULT_CONTROLS.writeOffLimitMinor),
  negativeBalanceAgeMonths: z.number().default(DEFAULT_CONTROLS.negativeBalanceAgeMonths),
  disputeAnswerDays: z.number().default(DEFAULT_CONTROLS.disputeAnswerDays),
});

const controlsChangeSchema = z.object({
  programId: z.string(),
  version: z.number(),
  before: controlsField,
  after: controlsField,
  by: z.string(),
  onBehalfOf: z.string().optional(),
  at: instantField,
});

export function controlsChangeOfItem(item: unknown): ControlsChange {
  return controlsChangeSchema.parse(item);
}

const programItemSchema = z.object({
  programId: z.string(),
  name: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  holdDays: z.number(),
  minimumPayoutMinor: minorField,
  booksOpenFrom: periodField,
  attribution: z.object({
    model: z.enum(['last_touch', 'first_touch', 'linear']),
    windowDays: z.number(),
    codeBeatsLink: z.boolean(),
  }),
  approvals: z.object({ required: z.number(), extraApproverAboveMinor: minorField.optional() }),
  controls: controlsField.default(DEFAULT_CONTROLS),
  controlsVersion: z.number().default(0),
  closedThrough: periodField,
  createdAt: instantField,
});

/** The stored programme; unknown attributes are dropped. */
export function programOfItem(item: unknown): Program {
  return programItemSchema.parse(item);
}

export function itemOfProgram(program: Program): Record<string, unknown> {
  return { ...programKey(program.programId), ...programContractKey(program.programId), type: 'program', ...program };
}
