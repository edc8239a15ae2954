import type { AuditVerification, AuditVerifications } from '#shared/application/payouts/proof/audit-verification';

/** Verifications in memory, newest first. */
export function makeFakeVerifications(): AuditVerifications {
  const all: AuditVerification[] = [];
  return {
    add: async (verification) => {
      if (all.some(({ verificationId }) => verificationId === verification.verificationId)) throw new Error('exists');
      all.push(verification);
    },
    list: async (programId, { cursor = '0', limit }) => {
      const own = all.filter((one) => one.programId === programId).toSorted((a, b) => (a.at < b.at ? 1 : -1));
      const from = Number(cursor);
      const items = own.slice(from, from + limit);
      return from + limit < own.length ? { items, nextCursor: String(from + limit) } : { items };
    },
  };
}
