import type { ProgramStore } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import {
  type ApprovalPolicy,
  DEFAULT_CONTROLS,
  DEFAULT_PAYOUT_RULES,
  type PayoutRules,
  type Program,
  type ProgramControls,
  type ProgramReader,
} from '#shared/application/programs';
import { DEFAULT_SETTINGS } from '#shared/contracts/payouts/programs/program-settings';
import { periodOf, previousPeriod } from '#shared/domain/time/calendar';
import { type Period, toInstant } from '#shared/domain/time/instant';
import { patchedPolicy } from './change-payout-policy.ts';
import { patchedSettings, type SettingsPatch } from './change-settings.ts';

const DEFAULT_APPROVALS: ApprovalPolicy = { required: 2 };

export type CreateProgramInput = Pick<
  Program,
  'programId' | 'name' | 'currency' | 'timeZone' | 'holdDays' | 'minimumPayoutMinor'
> & {
  readonly booksOpenFrom?: Period | undefined;
  readonly attribution?: SettingsPatch['attribution'];
  readonly tracking?: SettingsPatch['tracking'];
  readonly fraud?: SettingsPatch['fraud'];
  readonly approvals?: ApprovalPolicy | undefined;
  readonly payouts?: Partial<PayoutRules> | undefined;
  readonly controls?: Partial<ProgramControls> | undefined;
  /** Principal id: kept for the audit chain. */
  readonly by: string;
  readonly onBehalfOf?: string | undefined;
};

export type CreateProgram = (input: CreateProgramInput) => Promise<Program>;

/**
 * Creates a programme. Its books open in the month of creation, on its own wall clock, unless another month is given;
 * two people approve a run unless the policy says otherwise (design.md, Closing a month).
 * A repeat with the same id answers the programme as it was created.
 */
export function makeCreateProgram(deps: {
  programs: Pick<ProgramStore, 'create'>;
  zone: ProgramReader['zone'];
  clock: Clock;
}): CreateProgram {
  return async (input) => {
    const now = deps.clock();
    const booksOpenFrom = input.booksOpenFrom ?? periodOf(now, deps.zone(input.timeZone));
    const settings = patchedSettings(DEFAULT_SETTINGS, input);
    const approvals = input.approvals ?? DEFAULT_APPROVALS;
    const policy = patchedPolicy({ approvals, payouts: DEFAULT_PAYOUT_RULES }, { payouts: input.payouts });
    const created: Program = {
      programId: input.programId,
      name: input.name,
      currency: input.currency,
      timeZone: input.timeZone,
      holdDays: input.holdDays,
      minimumPayoutMinor: input.minimumPayoutMinor,
      booksOpenFrom,
      ...settings,
      // However it begins, that is its first version.
      tracking: { ...settings.tracking, disclosureVersion: 1 },
      settingsVersion: 0,
      ...policy,
      policyVersion: 0,
      controls: { ...DEFAULT_CONTROLS, ...input.controls },
      controlsVersion: 0,
      closedThrough: previousPeriod(booksOpenFrom),
      createdAt: toInstant(now),
    };
    const { program } = await deps.programs.create(created, { by: input.by, onBehalfOf: input.onBehalfOf });
    return program;
  };
}
