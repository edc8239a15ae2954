import type { AuditChain, AuditClaim, AuditTrail } from '#shared/application/payouts/proof/audit-ports';
import type { AuditHead, AuditRecord } from '#shared/domain/audit/audit-chain';

export type FakeAuditChain = AuditChain & AuditTrail & { readonly records: AuditRecord[] };

/** Audit chains in memory: an append is whole or nothing, under the table's conditions. */
export function makeFakeAuditChain(): FakeAuditChain {
  const heads = new Map<string, AuditHead>();
  const claimed = new Map<string, AuditClaim>();
  const records: AuditRecord[] = [];
  const keyOf = (programId: string, { kind, subjectId }: Pick<AuditClaim, 'kind' | 'subjectId'>): string =>
    `${programId}#${kind}#${subjectId}`;
  return {
    records,
    head: async (programId) => heads.get(programId),
    claims: async (programId, facts) => facts.flatMap((fact) => claimed.get(keyOf(programId, fact)) ?? []),
    append: async (programId, before, added) => {
      const isBehind = heads.get(programId)?.hash !== before?.hash;
      if (isBehind || added.some((record) => claimed.has(keyOf(programId, record)))) return 'refused';
      for (const { contentDigest, ...record } of added) {
        const { kind, subjectId, sequence } = record;
        claimed.set(keyOf(programId, record), { kind, subjectId, sequence, contentDigest });
        records.push(record);
        heads.set(programId, { sequence, hash: record.hash });
      }
      return 'applied';
    },
    list: async (programId, { order, after, limit }) => {
      const own = records.filter((record) => record.programId === programId);
      const sorted = order === 'oldest' ? own : own.toReversed();
      const left = sorted.filter(
        ({ sequence }) => after === undefined || (order === 'oldest' ? sequence > after : sequence < after),
      );
      const items = left.slice(0, limit);
      return left.length > limit ? { items, after: items.at(-1)?.sequence } : { items };
    },
  };
}
