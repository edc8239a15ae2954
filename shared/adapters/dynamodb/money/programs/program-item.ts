import * as z from 'zod';
import { instantField, minorField, periodField } from '#shared/adapters/dynamodb/money/money-fields';
import { programContractKey, programKey } from '#shared/adapters/dynamodb/money/money-keys';
import type { ControlsChange, PolicyChange, SettingsChange } from '#shared/application/payouts/ports';
import { DEFAULT_CONTROLS, type Program } from '#shared/application/programs';
import { payoutsSchema } from '#shared/contracts/payouts/programs/payout-policy';
import { programSettingsSchema } from '#shared/contracts/payouts/programs/program-settings';

/** Stored since there are controls; each has its default for items that are older than it. */
const controlsField = z.object({
  adjustmentLimitMinor: minorField.optional(),
  writeOffLimitMinor: minorField.default(DEFAULT_CONTROLS.writeOffLimitMinor),
  negativeBalanceAgeMonths: z.number().default(DEFAULT_CONTROLS.negativeBalanceAgeMonths),
  disputeAnswerDays: z.number().default(DEFAULT_CONTROLS.disputeAnswerDays),
});

const approvalsField = z.object({ required: z.number(), extraApproverAboveMinor: minorField.optional() });
const payoutsField = payoutsSchema.extend({
  requiredAbove: z.array(z.object({ aboveMinor: minorField, required: z.number() })).default([]),
  freshSignInAboveMinor: minorField.optional(),
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

const policyField = z.object({ approvals: approvalsField, payouts: payoutsField });
const policyChangeSchema = z.object({ ...changeShape, before: policyField, after: policyField });

export function policyChangeOfItem(item: unknown): PolicyChange {
  return policyChangeSchema.parse(item);
}

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
  approvals: approvalsField,
  payouts: payoutsField.prefault({}),
  policyVersion: z.number().default(0),
  controls: controlsField.default(DEFAULT_CONTROLS),
  controlsVersion: z.number().default(0),
  closedThrough: periodField,
  createdAt: instantField,
});

const changedSchema = z.looseObject({ settings: z.looseObject({}).default({}), policy: z.looseObject({}).default({}) });

/** The stored programme; unknown attributes are dropped. What `settings` and `policy` hold was changed since the programme was created. */
export function programOfItem(item: unknown): Program {
  const { settings, policy, ...created } = changedSchema.parse(item);
  return programItemSchema.parse({ ...created, ...settings, ...policy });
}

export function itemOfProgram(program: Program): Record<string, unknown> {
  return { ...programKey(program.programId), ...programContractKey(program.programId), type: 'program', ...program };
}
