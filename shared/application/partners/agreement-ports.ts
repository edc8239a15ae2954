import type { Application } from '#shared/application/partners/applications/ports';
import type { Certification } from '#shared/application/partners/ports';
import type { TierStep } from '#shared/application/partners/tiers/tier-steps';
import type { TrainingWrites } from '#shared/application/partners/training/training-ports';
import type { AgreementVersion, ProposedVersion } from '#shared/domain/partner/agreement';
import type { Holding } from '#shared/domain/partner/agreement-exclusivity';
import type { TerminationCause } from '#shared/domain/partner/agreement-termination';
import type { Component, TierTerm } from '#shared/domain/plan/plan';
import type { Instant } from '#shared/domain/time/instant';

/** Who did something and when, for the record. */
export type Recorded = { readonly recordedAt: Instant; readonly recordedBy: string };

type Texted = {
  /** SHA-256 of the text in UTF-8, lower-case hex. The text itself has an item of its own. */
  readonly textHash?: string | undefined;
  /** SHA-256 of everything that was agreed, the text included (agreement-record.ts); absent of versions older than it. */
  readonly termsHash?: string | undefined;
};

/** A version that counts: from its start on, without further acts. */
export type RecordedAgreement = AgreementVersion &
  Recorded &
  Texted & {
    /** Only of a version that had to be accepted; who and how is told by its record. */
    readonly acceptedAt?: Instant | undefined;
    readonly terminatedAt?: Instant | undefined;
    /** The start that was asked for, where `from` had to be later. */
    readonly askedFrom?: Instant | undefined;
  };

/**
 * A version that waits for the partner, was taken back, or was cancelled before it started. Of one that waits, `from` and
 * `endsAt` are as they were asked for.
 */
export type AgreementProposal = ProposedVersion & RecordedAgreement;

/** `paper`: a manager holds a signed paper and names it. */
export type AcceptanceMethod = 'partner' | 'paper';

type Act = {
  readonly agreementId: string;
  readonly at: Instant;
  readonly by: string;
  /** The person who made the API key `by`. */
  readonly onBehalfOf?: string | undefined;
};

/** A version as it came to count. Its end, its effect and its renewals move by later records alone. */
export type VersionTerms = Omit<AgreementVersion, 'agreementId' | 'renewedMonths'> & {
  readonly textHash?: string | undefined;
  /** Of components of its own, as they are stored. */
  readonly componentsHash?: string | undefined;
};

/** A version that counts without being accepted. */
export type RecordedRecord = Act & {
  readonly kind: 'recorded';
  readonly termsHash: string;
  readonly version: VersionTerms;
};
export type AcceptedRecord = Act & {
  readonly kind: 'accepted';
  readonly textHash: string;
  /** What was accepted beside the text, and the version as it counts; absent of acceptances older than them. */
  readonly termsHash?: string | undefined;
  readonly version?: VersionTerms | undefined;
  readonly method: AcceptanceMethod;
  readonly paperReference?: string | undefined;
  /** When the version takes effect: decided at acceptance. */
  readonly effectiveFrom: Instant;
};
export type WithdrawnRecord = Act & { readonly kind: 'withdrawn'; readonly reason?: string | undefined };
export type RenewedRecord = Act & {
  readonly kind: 'renewed';
  readonly actId: string;
  readonly months: number;
  readonly endsAt: Instant;
};
export type TerminatedRecord = Act & {
  readonly kind: 'terminated';
  readonly actId: string;
  readonly cause: TerminationCause;
  readonly effect: 'stop' | 'honour_until_window_ends';
  readonly endsAt: Instant;
  /** A person's words: they stay in the Partners table. */
  readonly reason: string;
  /** Later versions that the termination cancelled. */
  readonly cancelled: readonly string[];
};

/** What happened to a version after it was recorded: append-only, an item each, written with the change of the terms. */
export type AgreementRecord = RecordedRecord | AcceptedRecord | WithdrawnRecord | RenewedRecord | TerminatedRecord;

export type PartnerAgreementRecord = {
  readonly programId: string;
  readonly partnerId: string;
  readonly record: AgreementRecord;
};

/** Every exclusivity of a programme that can still matter. `version` grows by one with each write. */
export type ExclusivityRegister = { readonly version: number; readonly holdings: readonly Holding[] };

type AssignedBy = {
  readonly tierTermId: string;
  readonly reason: string;
  readonly source: 'enrolment' | 'person' | 'review';
  readonly until?: Instant | undefined;
};

/** What is written together with a partner's terms: all of it or nothing. */
export type AgreementWrites = {
  readonly components?: { readonly planVersion: number; readonly components: readonly Component[] } | undefined;
  readonly text?: { readonly agreementId: string; readonly text: string } | undefined;
  readonly record?: AgreementRecord | undefined;
  /** A tier that is added to the terms, for its own record. */
  readonly tier?: (TierTerm & Recorded & AssignedBy) | undefined;
  /** The same of several that a review added. */
  readonly tiers?: readonly (TierTerm & Recorded & AssignedBy)[] | undefined;
  /** A certification that a person records, for its own record. */
  readonly certification?: Certification | undefined;
  /** What a review decided. */
  readonly steps?: readonly TierStep[] | undefined;
  /** The register as it becomes; `version` is the one it was read at, and another one refuses the whole write. */
  readonly register?: ExclusivityRegister | undefined;
  /** What the partner did in a course, when that earned or took away a certification. */
  readonly training?: TrainingWrites | undefined;
  /** The application that an enrolment accepts, as it becomes; changed meanwhile, it refuses the whole write. */
  readonly application?: Application | undefined;
};

export type AgreementReads = {
  /** Components agreed with this partner alone; they never change. */
  components(programId: string, partnerId: string, planVersion: number): Promise<readonly Component[] | undefined>;
  agreementText(programId: string, partnerId: string, agreementId: string): Promise<string | undefined>;
  /** In the order of kind and id. */
  agreementRecords(programId: string, partnerId: string, agreementId: string): Promise<readonly AgreementRecord[]>;
  exclusivities(programId: string): Promise<ExclusivityRegister>;
};
