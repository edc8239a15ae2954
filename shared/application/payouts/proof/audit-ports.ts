import type { AuditFact, AuditHead, AuditKind, AuditRecord } from '#shared/domain/audit/audit-chain';

/** A record's place and a digest of its content, by which a repeat is told from a change. */
export type AuditClaim = {
  readonly kind: AuditKind;
  readonly subjectId: string;
  readonly sequence: number;
  readonly contentDigest: string;
};

/** The audit chains in the Money table: records are appended and never changed. */
export type AuditChain = {
  /** Read consistently; `undefined` for a programme without records. */
  head(programId: string): Promise<AuditHead | undefined>;
  /** The claims of those facts that have their record already; read consistently. */
  claims(programId: string, facts: readonly Pick<AuditFact, 'kind' | 'subjectId'>[]): Promise<readonly AuditClaim[]>;
  /**
   * Appends records, claims their subjects and moves the head in one transaction. `refused` when the head has moved since
   * `before`, or a subject has its record: then nothing is written.
   */
  append(
    programId: string,
    before: AuditHead | undefined,
    records: readonly (AuditRecord & { readonly contentDigest: string })[],
  ): Promise<'applied' | 'refused'>;
};

/** Reads a chain; consistently. */
export type AuditTrail = Pick<AuditChain, 'head'> & {
  /** Records next to `after`, without it: upwards from the oldest, or downwards from the newest. */
  list(
    programId: string,
    page: { readonly order: 'oldest' | 'newest'; readonly after?: number | undefined; readonly limit: number },
  ): Promise<{ readonly items: readonly AuditRecord[]; readonly after?: number | undefined }>;
};
