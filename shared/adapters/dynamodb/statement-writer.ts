import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { linesToText, nothingToText } from '#shared/adapters/dynamodb/line-text';
import {
  factPageSk,
  nothingPageSk,
  periodPageSk,
  statementKey,
  statementPeriodKey,
  statementPk,
} from '#shared/adapters/dynamodb/money-keys';
import type { StatementWriter } from '#shared/application/payouts/ports';
import type { Digest } from '#shared/application/ports';

/** Enough to hide the latency of a write; each page has at most 60 kB, so at most a megabyte waits in memory. */
const WRITES_AT_ONCE = 16;

/**
 * Writes drafts. Single puts, because the permission for batch writes would allow deletes.
 * An item is written once: a repeat must bring the same bytes, else the facts changed under the computation.
 * @throws Error naming the statement when a stored item differs
 */
export function makeStatementWriter(deps: {
  documents: DynamoDBDocumentClient;
  tableName: string;
  digest: Digest;
}): StatementWriter {
  const { documents, tableName, digest } = deps;
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];

  const put = async (item: Record<string, unknown> & { sk: string }, bytes: string, what: string): Promise<void> => {
    const written = await ifConditionHolds(
      documents.send(
        new PutCommand({
          TableName: tableName,
          Item: { ...item, sha256: digest(bytes) },
          ConditionExpression: 'attribute_not_exists(pk) OR sha256 = :sha256',
          ExpressionAttributeValues: { ':sha256': digest(bytes) },
        }),
      ),
    );
    if (!written) throw new Error(`${what} was stored with other content: its facts changed during the run`);
  };
  const enqueue = async (work: Promise<void>): Promise<void> => {
    const tracked: Promise<void> = work
      .catch((error: unknown) => {
        failures.push(error);
      })
      .finally(() => running.delete(tracked));
    running.add(tracked);
    if (running.size >= WRITES_AT_ONCE) await Promise.race(running);
    if (failures.length > 0) throw failures[0];
  };

  return {
    putLines(programId, statementId, page) {
      const { section, first } = page;
      const sk = first ? factPageSk(section, first.occurredAt, first.factId) : periodPageSk();
      const lines = linesToText(page.lines);
      const item = { pk: statementPk(programId, statementId), sk, type: 'lines', lines };
      return enqueue(put(item, lines, `a page of statement ${statementId}`));
    },
    putNothing(programId, statementId, ordinal, items) {
      const nothing = nothingToText(items);
      const item = { pk: statementPk(programId, statementId), sk: nothingPageSk(ordinal), type: 'nothing', nothing };
      return enqueue(put(item, nothing, `a page of statement ${statementId}`));
    },
    putHeader(programId, header) {
      const item = {
        ...statementKey(programId, header.statementId),
        ...statementPeriodKey(programId, header.period, header),
        type: 'statement',
        programId,
        ...header,
      };
      return enqueue(put(item, `${header.digest}#${header.lineCount}`, `statement ${header.statementId}`));
    },
    async flush() {
      await Promise.all(running);
      if (failures.length > 0) throw failures[0];
    },
  };
}
