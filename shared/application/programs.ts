import type { Instant, Period } from '#shared/domain/instant';
import type { Currency } from '#shared/domain/money';
import type { TimeZone } from '#shared/domain/time-zone';

export type AttributionSettings = {
  readonly model: 'last_touch' | 'first_touch' | 'linear';
  readonly windowDays: number;
  readonly codeBeatsLink: boolean;
};

export type ApprovalPolicy = {
  /** Different people who must approve a run. */
  readonly required: number;
  /** Above this total in the programme's currency one more approver is needed. */
  readonly extraApproverAboveMinor?: bigint | undefined;
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
  readonly approvals: ApprovalPolicy;
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
