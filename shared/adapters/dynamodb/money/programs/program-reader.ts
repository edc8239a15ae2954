import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { CONTRACT_INDEX, PROGRAMS_CONTRACT_PK, programKey } from '#shared/adapters/dynamodb/money/money-keys';
import { programOfItem } from '#shared/adapters/dynamodb/money/programs/program-item';
import { timeZoneOf } from '#shared/adapters/time-zones';
import { Failure } from '#shared/application/failure';
import type { Clock } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';

/** A function instance serves few programmes; the oldest entry goes first. */
const MAX_CACHED = 1_000;
const PAGE_LIMIT = 100;
const MS_PER_SECOND = 1_000;

export type ProgramDirectory = ProgramReader & {
  /** Every programme of the installation in order of its id, never cached. */
  list(): AsyncIterable<Program>;
};

/**
 * Reads programmes by key, consistently, and keeps each at most `ttlSeconds` counted from *before* its read: the drain of
 * a close relies on no fact being stamped with an older `closedThrough` (design.md, Closing a month). An index would lag.
 * Concurrent readers share one read. A missing programme is not kept.
 */
export function makeProgramReader(deps: {
  documents: DynamoDBDocumentClient;
  tableName: string;
  ttlSeconds: number;
  clock: Clock;
}): ProgramDirectory {
  const { documents, tableName, clock } = deps;
  const ttlMs = deps.ttlSeconds * MS_PER_SECOND;
  const cache = new Map<string, { readonly readAtMs: number; readonly program: Promise<Program> }>();

  const read = async (programId: string): Promise<Program> => {
    const { Item } = await documents.send(
      new GetCommand({ TableName: tableName, Key: programKey(programId), ConsistentRead: true }),
    );
    if (Item) return programOfItem(Item);
    throw new Failure('unknown_program', 'Check the programme id; GET /v1/programs lists those you may see.', {
      errors: [{ pointer: 'path:programId', rule: 'must be the id of a programme' }],
    });
  };

  return {
    get(programId) {
      const now = clock();
      const cached = cache.get(programId);
      if (cached && now - cached.readAtMs < ttlMs) return cached.program;
      const entry = { readAtMs: now, program: read(programId) };
      cache.delete(programId);
      cache.set(programId, entry);
      const oldest = cache.size > MAX_CACHED ? cache.keys().next().value : undefined;
      if (oldest !== undefined) cache.delete(oldest);
      entry.program.catch(() => {
        if (cache.get(programId) === entry) cache.delete(programId);
      });
      return entry.program;
    },
    zone: timeZoneOf,
    async *list() {
      let start: Record<string, unknown> | undefined;
      do {
        const page = await documents.send(
          new QueryCommand({
            TableName: tableName,
            IndexName: CONTRACT_INDEX,
            KeyConditionExpression: 'contractPk = :pk',
            ExpressionAttributeValues: { ':pk': PROGRAMS_CONTRACT_PK },
            Limit: PAGE_LIMIT,
            ExclusiveStartKey: start,
          }),
        );
        for (const item of page.Items ?? []) yield programOfItem(item);
        start = page.LastEvaluatedKey;
      } while (start);
    },
  };
}
