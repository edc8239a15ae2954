import type { Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { AuditFact } from '#shared/domain/audit/audit-chain';
import type { PayoutRuns } from '../ports.ts';
import type { AppendAuditRecords } from './append-audit-records.ts';
import { factOf } from './audit-effects.ts';
import type { AuditedStores } from './verify-audit.ts';

/** As many at once: memory does not grow with the programme. */
const FACTS_AT_ONCE = 400;
const RUNS_A_PAGE = 100;

/**
 * Appends a record for each stored effect that has none, such as those from before there was a chain, by the use case that the
 * stream's appender uses: what has its record is left as it is. The records stand behind those that are there and carry the times
 * of their effects, so that a late one is seen to be late. A state that may not have been passed through is not recorded.
 * @throws Failure unknown_program
 */
export function makeRecordMissing(deps: {
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly runs: Pick<PayoutRuns, 'list'>;
  readonly audited: Pick<AuditedStores, 'all'>;
  readonly append: AppendAuditRecords;
  readonly digest: Digest;
}) {
  return async (programId: string): Promise<{ readonly effects: number; readonly appended: number }> => {
    const { booksOpenFrom: since } = await deps.programs.get(programId);
    const given = { runIds: await runIdsOf(deps.runs, programId), since };
    let effects = 0;
    let appended = 0;
    let facts: AuditFact[] = [];
    const flush = async (): Promise<void> => {
      if (facts.length > 0) appended += (await deps.append(programId, facts)).appended;
      facts = [];
    };
    for await (const { isOptional, occurredAt, ...effect } of deps.audited.all(programId, given)) {
      if (isOptional || occurredAt === undefined) continue;
      effects += 1;
      facts.push(factOf({ ...effect, occurredAt }, deps.digest));
      if (facts.length >= FACTS_AT_ONCE) await flush();
    }
    await flush();
    return { effects, appended };
  };
}

async function runIdsOf(runs: Pick<PayoutRuns, 'list'>, programId: string): Promise<readonly string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await runs.list(programId, { cursor, limit: RUNS_A_PAGE });
    ids.push(...page.items.map(({ runId }) => runId));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return ids;
}
