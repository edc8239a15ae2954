import type { RunShards, StatementSummary } from '#shared/application/payouts/ports';

/** The amounts that were summarised and approved. A shard without them was never computed: nothing may be paid for it. */
export async function statementsOfShard(
  shards: Pick<RunShards, 'result'>,
  programId: string,
  runId: string,
  shard: string,
): Promise<readonly StatementSummary[]> {
  const result = await shards.result(programId, runId, shard);
  if (!result) throw new Error(`shard ${shard} of run ${runId} has no statements`);
  return result.statements;
}
