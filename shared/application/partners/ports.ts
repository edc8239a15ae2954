import type {
  AgreementProposal,
  AgreementReads,
  AgreementWrites,
  Recorded,
  RecordedAgreement,
} from '#shared/application/partners/agreement-ports';
import type { PayeeStore, SetPayee } from '#shared/application/partners/payee-ports';
import type { Page } from '#shared/application/ports';
import type { OpenWarning } from '#shared/domain/partner/tiers/review-partner';
import type { StaffRole } from '#shared/domain/people/roles';
import type { Plan, Tier, TierTerm } from '#shared/domain/plan/plan';
import type { Instant, Period } from '#shared/domain/time/instant';

/** `person`: assigned by hand, so that no review lowers it before its end. */
export type TierSource = 'enrolment' | 'person' | 'review';

export type RecordedTier = TierTerm &
  Recorded & {
    readonly tierTermId: string;
    readonly reason: string;
    readonly source: TierSource;
    /** Of a person's tier: from then on the numbers decide. Absent: until a person says otherwise. */
    readonly until?: Instant | undefined;
  };

export type Certification = Recorded & {
  readonly certificationId: string;
  readonly certification: string;
  readonly certifiedAt: Instant;
  readonly expiresAt?: Instant | undefined;
  /** The training that the partner passed for it; absent: a person recorded it. */
  readonly courseId?: string | undefined;
  /** It counts no more from then on; who did it and why is apart. */
  readonly revokedAt?: Instant | undefined;
};

/**
 * Everything about a partner that decides pay and tier, and nothing personal. What counts in a closed period never changes;
 * long things (texts, components, who did what) have items of their own, because every close reads this one.
 */
export type Standing = {
  readonly programId: string;
  readonly partnerId: string;
  readonly createdAt: Instant;
  /** Grows by one with each save; a save of anything but the newest is refused. */
  readonly version: number;
  /** Those that count, from their start on. */
  readonly agreements: readonly RecordedAgreement[];
  /** Those that wait for the partner, and those that were taken back. */
  readonly proposals?: readonly AgreementProposal[] | undefined;
  readonly tiers: readonly RecordedTier[];
  readonly certifications: readonly Certification[];
  /** The tier the partner was last told of: its own, from enrolment on. */
  readonly announcedTier: Tier;
  /** How often the tier in force has changed since enrolment. */
  readonly tierChanges: number;
  /** A demotion that the partner was told of and that has not come. */
  readonly tierWarning?: OpenWarning | undefined;
  /** How many steps reviews have taken; absent: none. */
  readonly tierSteps?: number | undefined;
  /** The month in which the partner was last told that the next tier is within reach. */
  readonly nudgedPeriod?: Period | undefined;
};

/** The only personal data of a partner beside its payee. */
export type PartnerProfile = {
  readonly programId: string;
  readonly partnerId: string;
  readonly name: string;
  readonly email: string;
  readonly emailHash: string;
  readonly country?: string | undefined;
  /** Digest of what was sent at enrolment: tells a repeat from a conflict. */
  readonly contentHash: string;
};

/** The tier in force became another one. Written once, with the save that made it so; published from the stream. */
export type TierChange = {
  readonly programId: string;
  readonly partnerId: string;
  /** 1, 2, 3 ... within the partner: with it the same change has the same id wherever it is told. */
  readonly sequence: number;
  readonly from: Tier;
  readonly to: Tier;
  /** By the programme's tiers; absent where it is neither, and of changes from before it was kept. */
  readonly direction?: 'up' | 'down' | undefined;
  readonly effectiveFrom: Instant;
  readonly source: TierSource;
  /** May be a person's words: stays in the Partners table. */
  readonly reason: string;
  readonly recordedAt: Instant;
};

export type PartnerStore = AgreementReads &
  PayeeStore & {
    /** `exists` also when the register was changed meanwhile: only the partner's own items tell which. */
    enrol(
      standing: Standing,
      profile: PartnerProfile,
      payee: SetPayee | undefined,
      writes?: AgreementWrites,
    ): Promise<'created' | 'exists'>;
    standing(programId: string, partnerId: string): Promise<Standing | undefined>;
    profile(programId: string, partnerId: string): Promise<PartnerProfile | undefined>;
    tierChange(programId: string, partnerId: string, sequence: number): Promise<TierChange | undefined>;
    /** By partner id in code-unit order, those after `after` and up to `through`. May lag behind a save; a save notices. */
    standings(
      programId: string,
      range: { after?: string | undefined; through?: string | undefined },
    ): AsyncIterable<Standing>;
    /** The standing that `version` was read of, changed; with its tier change and what belongs to it in one transaction. */
    save(standing: Standing, change: TierChange | undefined, writes?: AgreementWrites): Promise<'saved' | 'stale'>;
    list(
      programId: string,
      page: { cursor?: string | undefined; limit: number },
    ): Promise<Page<{ readonly standing: Standing; readonly profile: PartnerProfile }>>;
  };

/** Plans as payouts publishes them; read-only. `undefined` for a version that was never published. */
export type PlanReader = { get(programId: string, version: number): Promise<Plan | undefined> };

export type ApiKey = {
  readonly keyId: string;
  readonly name: string;
  readonly role: 'admin' | 'merchant';
  /** `undefined`: every programme. */
  readonly programId?: string | undefined;
  /** Of what was asked for, so that a repeat is told from another request under the same Idempotency-Key. */
  readonly requestHash?: string | undefined;
  readonly createdAt: Instant;
  readonly createdBy: string;
  /** The person behind it when another API key made it. */
  readonly onBehalfOf?: string | undefined;
  readonly revokedAt?: Instant | undefined;
};

export type ApiKeyStore = {
  create(key: ApiKey, secretHash: string): Promise<'created' | 'exists'>;
  byHash(secretHash: string): Promise<ApiKey | undefined>;
  byId(keyId: string): Promise<ApiKey | undefined>;
  list(page: { cursor?: string | undefined; limit: number }): Promise<Page<ApiKey>>;
  /** The first revocation stays. */
  revoke(keyId: string, at: Instant): Promise<void>;
};

/** What somebody may be in a programme: one of its partners, or staff. */
export type PersonGrant =
  | { readonly programId: string; readonly partnerId: string }
  | { readonly programId: string; readonly roles: readonly StaffRole[] };

/** Which partners a person is and which roles it has, by the hash of a verified e-mail address. */
export type PeopleReader = {
  grantsByEmailHash(emailHash: string): Promise<readonly PersonGrant[]>;
  partnersByEmailHash(emailHash: string): Promise<readonly { programId: string; partnerId: string }[]>;
};
