import * as z from 'zod';
import { instantField, minorField, periodField } from '#shared/adapters/dynamodb/money/money-fields';
import { programContractKey, programKey } from '#shared/adapters/dynamodb/money/money-keys';
import type { ControlsChange, SettingsChange } from '#shared/application/payouts/ports';
import { DEFAULT_CONTROLS, type Program } from '#shared/application/programs';
import { programSettingsSchema } from '#shared/contracts/payouts/program-settings';

/** Stored since there are controls; each has its default for items that are older than it. */
const controlsField = z.object({
  adjustmentLimitMinor: minorField.optional(),
  writeOffLimitMinor: minorField.default(DEFAULT_CONTROLS.writeOffLimitMinor),
  negativeBalanceAgeMonths: z.number().default(DEFAULT_CONTROLS.negativeBalanceAgeMonths),
  disputeAnswerDays: z.number().default(DEFAULT_CONTROLS.disputeAnswerDays),
});

const changeShape = {
  programId: z.string(),
  version: z.number(),
  by: z.string(),
  onBehalfOf: z.string().optional(),
  at: instantField,
};
const controlsChangeSchema = z.object({ ...changeShape, before: controlsField, after: controlsField });
const settingsChangeSchema = z.object({
  ...changeShape,
  before: programSettingsSchema,
  after: programSettingsSchema,
});

export function controlsChangeOfItem(item: unknown): ControlsChange {
  return controlsChangeSchema.parse(item);
}

export function settingsChangeOfItem(item: unknown): SettingsChange {
  return settingsChangeSchema.parse(item);
}

const programItemSchema = z.object({
  programId: z.string(),
  name: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  holdDays: z.number(),
  minimumPayoutMinor: minorField,
  booksOpenFrom: periodField,
  ...programSettingsSchema.shape,
  settingsVersion: z.number().default(0),
  approvals: z.object({ required: z.number(), extraApproverAboveMinor: minorField.optional() }),
  controls: controlsField.default(DEFAULT_CONTROLS),
  controlsVersion: z.number().default(0),
  closedThrough: periodField,
  createdAt: instantField,
});

const changedSettingsSchema = z.looseObject({ settings: z.looseObject({}).default({}) });

/** The stored programme; unknown attributes are dropped. What `settings` holds was changed since the programme was created. */
export function programOfItem(item: unknown): Program {
  const { settings, ...created } = changedSettingsSchema.parse(item);
  return programItemSchema.parse({ ...created, ...settings });
}

export function itemOfProgram(program: Program): Record<string, unknown> {
  return { ...programKey(program.programId), ...programContractKey(program.programId), type: 'program', ...program };
}
