import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import {
  factPageSk,
  HEADER_SK,
  type Key,
  nothingPageSk,
  periodPageSk,
  statementKey,
  statementPeriodKey,
  statementPk,
} from '#shared/adapters/dynamodb/money/money-keys';
import { linesToText, nothingToText } from '#shared/adapters/dynamodb/money/statements/line-text';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { StatementWriter } from '#shared/application/payouts/ports';
import { FactsChanged } from '#shared/application/payouts/runs/stop-run';
import type { Digest } from '#shared/application/ports';

const pageSchema = z.object({ sk: z.string(), sha256: z.string() });

/** What a statement's header comes after: the pages of this try, stored or on their way. */
type Pages = {
  readonly sks: Set<string>;
  readonly works: Promise<void>[];
  /** Digests by key of what an earlier call stored; none unless it is gone on with. */
  readonly stored: Promise<ReadonlyMap<string, string>>;
};

/** Enough to hide the latency of a write; each page has at most 60 kB, so at most a megabyte waits in memory. */
const WRITES_AT_ONCE = 16;

/**
 * Writes drafts. Single puts, because the permission for batch writes would allow deletes.
 * An item is written once: a repeat must bring the same bytes, else the facts changed under the computation. Pages are named
 * after their first fact and nothing may delete them, so before its header a statement's stored pages are held against those
 * of this try. `resuming`: pages that an earlier call stored are read once and not put again, which costs a sixtieth of it.
 * @throws FactsChanged naming the statement when a stored item differs, or a page is left of an earlier try
 */
export function makeStatementWriter(deps: {
  documents: DynamoDBDocumentClient;
  tableName: string;
  digest: Digest;
  resuming?: boolean | undefined;
}): StatementWriter {
  const { documents, tableName, digest, resuming = false } = deps;
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const pagesOf = new Map<string, Pages>();

  const changed = (what: string): FactsChanged =>
    new FactsChanged(`${what} was stored with other content: its facts changed, open the period again.`);
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
    if (!written) throw changed(what);
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

  async function* storedPages(pk: string): AsyncIterable<{ readonly sk: string; readonly sha256: string }> {
    const items = queryAll(documents, {
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk AND sk < :header',
      ExpressionAttributeValues: { ':pk': pk, ':header': HEADER_SK },
      ProjectionExpression: 'sk, sha256',
      ConsistentRead: true,
    });
    for await (const item of items) yield pageSchema.parse(item);
  }
  const digestsStored = async (pk: string): Promise<ReadonlyMap<string, string>> => {
    const digests = new Map<string, string>();
    if (resuming) for await (const { sk, sha256 } of storedPages(pk)) digests.set(sk, sha256);
    return digests;
  };

  const putPage = (item: Key & Record<string, unknown>, bytes: string, id: string): Promise<void> => {
    const pages = pagesOf.get(item.pk) ?? { sks: new Set(), works: [], stored: digestsStored(item.pk) };
    pagesOf.set(item.pk, pages);
    const what = `A page of statement ${id}`;
    const putOnce = async (): Promise<void> => {
      const known = (await pages.stored).get(item.sk);
      if (known === undefined) return put(item, bytes, what);
      if (known !== digest(bytes)) throw changed(what);
    };
    const work = putOnce();
    pages.sks.add(item.sk);
    pages.works.push(work);
    return enqueue(work);
  };
  const noOtherPages = async (pk: string, statementId: string): Promise<void> => {
    const pages = pagesOf.get(pk);
    await Promise.all(pages?.works ?? []);
    pagesOf.delete(pk);
    for await (const { sk } of storedPages(pk)) {
      if (pages?.sks.has(sk)) continue;
      throw new FactsChanged(
        `Statement ${statementId} has a page of an earlier try: its facts changed, open the period again.`,
      );
    }
  };

  return {
    putLines(programId, statementId, page) {
      const { section, first } = page;
      const sk = first ? factPageSk(section, first.occurredAt, first.factId) : periodPageSk();
      const lines = linesToText(page.lines);
      const item = { pk: statementPk(programId, statementId), sk, type: 'lines', lines };
      return putPage(item, lines, statementId);
    },
    putNothing(programId, statementId, ordinal, items) {
      const nothing = nothingToText(items);
      const item = { pk: statementPk(programId, statementId), sk: nothingPageSk(ordinal), type: 'nothing', nothing };
      return putPage(item, nothing, statementId);
    },
    putHeader(programId, header) {
      const item = {
        ...statementKey(programId, header.statementId),
        ...statementPeriodKey(programId, header.period, header),
        type: 'statement',
        programId,
        ...header,
      };
      const { statementId, digest: sum, lineCount } = header;
      const write = async (): Promise<void> => {
        await noOtherPages(item.pk, statementId);
        await put(item, `${sum}#${lineCount}`, `Statement ${statementId}`);
      };
      return enqueue(write());
    },
    async flush() {
      await Promise.all(running);
      if (failures.length > 0) throw failures[0];
    },
  };
}
