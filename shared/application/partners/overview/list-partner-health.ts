import { Failure } from '#shared/application/failure';
import { countHealth } from '#shared/application/partners/overview/build-dashboard';
import type {
  Overviews,
  PartnerRow,
  RowsPage,
  RowsQuery,
  RowsSort,
} from '#shared/application/partners/overview/overview';
import { isStale } from '#shared/application/partners/overview/request-overview';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { Currency } from '#shared/domain/money/money';
import { HEALTH_STATUSES } from '#shared/domain/partner/health/health';
import { compareText, type Instant } from '#shared/domain/time/instant';

/** `isStale`: old enough to be asked for anew. */
export type ShownRows = { readonly page: RowsPage; readonly isStale: boolean };

/** Where a page ended: pages that follow one another are of the same rows, whatever was refreshed meanwhile. */
type Position = { readonly asOf: Instant; readonly from: number };

/**
 * A programme's partners with their health, narrowed and ordered, from what was last computed; `undefined` before it ever was.
 * @throws Failure unknown_program, invalid_request for a cursor that this list did not give, or one that has lapsed
 */
export function makeListPartnerHealth(deps: {
  readonly overviews: Pick<Overviews, 'rowsHead' | 'rows'>;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly clock: Clock;
}) {
  const { overviews, programs, clock } = deps;
  return async (programId: string, query: RowsQuery): Promise<ShownRows | undefined> => {
    const program = await programs.get(programId);
    const position = query.cursor === undefined ? undefined : positionOf(query.cursor);
    const head = await overviews.rowsHead(programId);
    const asOf = position?.asOf ?? head?.asOf;
    const rows = asOf && (await overviews.rows(programId, asOf));
    if (position && !rows) throw badCursor();
    if (!rows || asOf === undefined) return undefined;
    const found = rows.filter((row) => matches(row, query)).toSorted(orderOf(query.sort, program.currency));
    const from = position?.from ?? 0;
    const to = from + query.limit;
    return {
      isStale: !head || isStale(head, clock(), true),
      page: {
        items: found.slice(from, to),
        ...(to < found.length ? { nextCursor: cursorOf({ asOf, from: to }) } : {}),
        ...{ asOf, found: found.length, health: countHealth(rows) },
      },
    };
  };
}

function matches(row: PartnerRow, { status, tier, q }: RowsQuery): boolean {
  if (status !== undefined && row.status !== status) return false;
  if (tier !== undefined && row.tier !== tier) return false;
  const words = (q ?? '').toLocaleLowerCase('en').split(/\s+/).filter(Boolean);
  const text = `${row.name} ${row.partnerId}`.toLocaleLowerCase('en');
  return words.every((word) => text.includes(word));
}

/** The worst, the first by name, the largest or the latest at the head; equals by name and id. */
function orderOf(sort: RowsSort, home: Currency): (a: PartnerRow, b: PartnerRow) => number {
  const byName = (a: PartnerRow, b: PartnerRow): number =>
    compareText(a.name.toLocaleLowerCase('en'), b.name.toLocaleLowerCase('en')) ||
    compareText(a.partnerId, b.partnerId);
  const rank = ({ status }: PartnerRow): number => HEALTH_STATUSES.indexOf(status);
  const revenue = (row: PartnerRow): bigint => row.revenue.find(({ currency }) => currency === home)?.monthMinor ?? 0n;
  if (sort === 'name') return byName;
  if (sort === 'health') return (a, b) => rank(a) - rank(b) || byName(a, b);
  if (sort === 'last_activity') {
    return (a, b) => compareText(b.lastActivity?.at ?? '', a.lastActivity?.at ?? '') || byName(a, b);
  }
  return (a, b) => {
    const [left, right] = [revenue(a), revenue(b)];
    return left === right ? byName(a, b) : left < right ? 1 : -1;
  };
}

function cursorOf({ asOf, from }: Position): string {
  return Buffer.from(`${asOf}#${from}`, 'utf8').toString('base64url');
}

function positionOf(cursor: string): Position {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)#(\d{1,7})$/.exec(
    Buffer.from(cursor, 'base64url').toString('utf8'),
  );
  if (!match) throw badCursor();
  return { asOf: match[1] as Instant, from: Number(match[2]) };
}

function badCursor(): Failure {
  return new Failure('invalid_request', 'Begin again with the first page: what this cursor belongs to is gone.', {
    errors: [{ pointer: 'query:cursor', rule: 'must be a cursor that this list returned lately' }],
  });
}
