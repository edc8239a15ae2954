import type { Digest, Log } from '#shared/application/ports';
import { type AuditFact, chainFacts, genesisHead } from '#shared/domain/audit/audit-chain';
import type { AuditChain, AuditClaim } from './audit-ports.ts';

/** A transaction holds 100 items: a record and its claim each, and the head. */
export const RECORDS_A_TRANSACTION = 40;
/** Fifty appenders at one head: each waits its turn. */
const MAX_RACES = 100;
const FIRST_WAIT_MS = 5;
const LONGEST_WAIT_MS = 320;

export type AppendAuditRecords = (
  programId: string,
  facts: readonly AuditFact[],
) => Promise<{ readonly appended: number }>;

/**
 * Puts facts behind the end of a programme's chain, each kind and subject once, however often and from wherever they come: what
 * is there already is left as it is. The order of the chain is the order of appending; each record carries its own time.
 * @throws Error when other appenders were faster each time; what was appended until then stays
 */
export function makeAppendAuditRecords(deps: {
  readonly chain: AuditChain;
  readonly digest: Digest;
  readonly log: Log;
  readonly wait: (ms: number) => Promise<unknown>;
  /** From 0 to 1. */
  readonly random: () => number;
}): AppendAuditRecords {
  const { chain, digest, log } = deps;
  return async (programId, facts) => {
    let left = [...new Map(facts.map((fact) => [keyOf(fact), fact])).values()];
    let appended = 0;
    for (let races = 0; left.length > 0; ) {
      const batch = left.slice(0, RECORDS_A_TRANSACTION);
      const claims = new Map((await chain.claims(programId, batch)).map((claim) => [keyOf(claim), claim]));
      for (const fact of batch) tellChange(programId, fact, claims.get(keyOf(fact)));
      const missing = batch.filter((fact) => !claims.has(keyOf(fact)));
      if (missing.length > 0) {
        const before = await chain.head(programId);
        const records = chainFacts(programId, before ?? genesisHead(programId, digest), missing, digest).map(
          (record) => ({
            ...record,
            contentDigest: digest(record.content),
          }),
        );
        if ((await chain.append(programId, before, records)) === 'refused') {
          races += 1;
          if (races >= MAX_RACES) throw new Error(`the audit chain of ${programId} moves too often to append to it`);
          await deps.wait(deps.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** races));
          continue;
        }
        appended += missing.length;
      }
      left = left.slice(batch.length);
    }
    return { appended };
  };

  /** The chain keeps what was recorded first: an effect that says otherwise later was tampered with. */
  function tellChange(programId: string, { kind, subjectId, content }: AuditFact, claim: AuditClaim | undefined): void {
    if (claim === undefined || claim.contentDigest === digest(content)) return;
    log.error('an effect was changed after it was recorded', { programId, kind, subjectId, sequence: claim.sequence });
  }
}

function keyOf({ kind, subjectId }: Pick<AuditFact, 'kind' | 'subjectId'>): string {
  return `${kind}#${subjectId}`;
}
