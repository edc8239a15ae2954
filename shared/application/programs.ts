import type * as z from 'zod';
import { payoutsSchema } from '#shared/contracts/payouts/programs/payout-policy';
import type { programSettingsSchema } from '#shared/contracts/payouts/programs/program-settings';
import type { Currency } from '#shared/domain/money/money';
import type { Instant, Period } from '#shared/domain/time/instant';
import type { TimeZone } from '#shared/domain/time/time-zone';

/** How a programme attributes sales, tracks links and looks for fraud. */
export type ProgramSettings = z.output<typeof programSettingsSchema>;
export type AttributionSettings = ProgramSettings['attribution'];
export type TrackingSettings = ProgramSettings['tracking'];
export type FraudSettings = ProgramSettings['fraud'];

export type ApprovalPolicy = {
  /** Different people who must approve a run. */
  readonly required: number;
  /** Above this total in the programme's currency one more approver is needed. */
  readonly extraApproverAboveMinor?: bigint | undefined;
};

/** By which rules payouts are decided and paid: as in the contract, amounts as bigint. */
export type PayoutRules = Omit<z.output<typeof payoutsSchema>, 'requiredAbove' | 'freshSignInAboveMinor'> & {
  /** How many people must approve a run that pays more in any one currency; the highest that applies counts. */
  readonly requiredAbove: readonly { readonly aboveMinor: bigint; readonly required: number }[];
  /** Above it, in any one currency, who approves must have signed in a short time ago; absent: nobody must. */
  readonly freshSignInAboveMinor?: bigint | undefined;
};

/** What holds for a programme that says nothing, or is older than a rule. */
export const DEFAULT_PAYOUT_RULES: PayoutRules = {
  ...payoutsSchema.omit({ freshSignInAboveMinor: true }).parse({}),
  requiredAbove: [],
};

/** Who must approve payouts, and by which rules they are paid. */
export type PayoutPolicy = { readonly approvals: ApprovalPolicy; readonly payouts: PayoutRules };

/** Who must look at a correction, and how long things may stay open. */
export type ProgramControls = {
  /** An adjustment above it, either way, needs a second person; absent: none does. Minor units of any one currency. */
  readonly adjustmentLimitMinor?: bigint | undefined;
  /** A write-off above it needs a second person. */
  readonly writeOffLimitMinor: bigint;
  /** A balance negative for longer is shown to the approvers of a run and may be written off. */
  readonly negativeBalanceAgeMonths: number;
  /** Days in which a dispute is to be answered. */
  readonly disputeAnswerDays: number;
};

/** What holds for a programme that says nothing, or was created before there were controls. */
export const DEFAULT_CONTROLS: ProgramControls = {
  writeOffLimitMinor: 0n,
  negativeBalanceAgeMonths: 3,
  disputeAnswerDays: 10,
};

export type Program = {
  readonly programId: string;
  readonly name: string;
  readonly currency: Currency;
  readonly timeZone: string;
  readonly holdDays: number;
  readonly minimumPayoutMinor: bigint;
  readonly booksOpenFrom: Period;
  readonly attribution: AttributionSettings;
  readonly tracking: TrackingSettings;
  readonly fraud: FraudSettings;
  /** How often the settings were changed; each change is kept under its number. */
  readonly settingsVersion: number;
  readonly approvals: ApprovalPolicy;
  readonly payouts: PayoutRules;
  /** How often approvals or payout rules were changed; each change is kept under its number. */
  readonly policyVersion: number;
  readonly controls: ProgramControls;
  /** How often the controls were changed; each change is kept under its number. */
  readonly controlsVersion: number;
  /** The last closed period; the month before `booksOpenFrom` until the first close. */
  readonly closedThrough: Period;
  readonly createdAt: Instant;
};

/** Reads programmes through the contract index, cached for at most CONFIG_TTL_SECONDS (design.md, Closing a month). */
export type ProgramReader = {
  /** @throws Failure unknown_program */
  get(programId: string): Promise<Program>;
  zone(timeZone: string): TimeZone;
};
