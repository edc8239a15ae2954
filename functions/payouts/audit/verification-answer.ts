import { type AuditVerification, proofsOf } from '#shared/application/payouts/proof/audit-verification';

/** A verification as the API shows it. */
export function verificationAnswer({ programId, ...verification }: AuditVerification): Record<string, unknown> {
  const { chain } = verification;
  return {
    ...verification,
    chain: { ...chain, records: chain.through.sequence },
    ...proofsOf({ programId, ...verification }),
    command: `npm run verify -- --program ${programId}`,
  };
}
