import type * as z from 'zod';
import type { Visit } from '#functions/console/web/page';
import {
  listNothingEarnedRoute,
  type nothingEarnedSchema,
} from '#shared/contracts/payouts/statements/list-nothing-earned';
import { listStatementLinesRoute } from '#shared/contracts/payouts/statements/list-statement-lines';
import { listStatementsRoute } from '#shared/contracts/payouts/statements/list-statements';
import { placeOf, type Statement, type StatementLine } from './statement-words.ts';

const LINES_A_PAGE = 100;
const NOTHING_A_PAGE = 50;
/** A partner has a statement a currency and month. */
const STATEMENTS_OF_A_MONTH = 50;

export type ReadStatement = {
  readonly statement: Statement;
  readonly lines: readonly StatementLine[];
  readonly nextLines: string | undefined;
  readonly nothing: readonly z.output<typeof nothingEarnedSchema>[];
  readonly nextNothing: string | undefined;
};

type Reader = Pick<Visit, 'api' | 'programme' | 'query'>;

/** A statement's amounts; `undefined` where there is none that the person may see, or a newer attempt has taken its place. */
export async function readAmounts(visit: Omit<Reader, 'query'>, statementId: string): Promise<Statement | undefined> {
  const place = placeOf(statementId);
  if (!place) return undefined;
  const { items } = await visit.api.call(listStatementsRoute, {
    params: { programId: visit.programme.programId },
    query: { period: place.period, partnerId: place.partnerId, limit: STATEMENTS_OF_A_MONTH },
  });
  return items.find((one) => one.statementId === statementId);
}

/** A statement with a page of its lines (`?cursor=`) and of the sales that earned nothing (`?nothing=`). */
export async function readStatement(visit: Reader, statementId: string): Promise<ReadStatement | undefined> {
  const params = { programId: visit.programme.programId, statementId };
  const [statement, lines, nothing] = await Promise.all([
    readAmounts(visit, statementId),
    visit.api.maybe(listStatementLinesRoute, {
      params,
      query: { limit: LINES_A_PAGE, cursor: visit.query.get('cursor') ?? undefined },
    }),
    visit.api.maybe(listNothingEarnedRoute, {
      params,
      query: { limit: NOTHING_A_PAGE, cursor: visit.query.get('nothing') ?? undefined },
    }),
  ]);
  if (!statement || !lines) return undefined;
  return {
    statement,
    lines: lines.items,
    nextLines: lines.nextCursor,
    nothing: nothing?.items ?? [],
    nextNothing: nothing?.nextCursor,
  };
}
