import { Failure } from '#shared/application/failure';
import type { Journal, JournalPages, JournalPlace } from '#shared/application/payouts/ledger/ledger-ports';
import type { Clock, Page } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { type EntryKind, type JournalEntry, partnerOfAccount } from '#shared/domain/ledger/journal';
import { parseStatementId } from '#shared/domain/ledger/money-ids';
import { nextPeriod, previousPeriod } from '#shared/domain/time/calendar';
import { compareText, type Instant, type Period, toInstant } from '#shared/domain/time/instant';

/** Index pages that one answer may read: a filter that matches little answers a short page with a cursor. */
const MAX_READS = 30;
/** Entries a read: about 100 kB. */
const A_READ = 200;

type Order = 'newest' | 'oldest';

export type ListJournalEntries = (input: {
  readonly programId: string;
  readonly account?: string | undefined;
  readonly partnerId?: string | undefined;
  readonly kind?: EntryKind | undefined;
  /** Instants of posting, both inclusive. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  readonly order: Order;
  readonly cursor?: string | undefined;
  readonly limit: number;
}) => Promise<Page<JournalEntry>>;

type Asked = Parameters<ListJournalEntries>[0] & { readonly first: Instant; readonly last: Instant };
/** A month, and behind which of its entries to go on. */
type Position = { readonly month: Period; readonly after?: JournalPlace | undefined };

/**
 * The journal by the time of posting. Entries of one partner are read as they are, all others by month from the index.
 * @throws Failure unknown_program; invalid_request for an empty range or a cursor that this list did not give
 */
export function makeListJournalEntries(deps: {
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly journal: Pick<Journal, 'ofPartner'>;
  readonly pages: JournalPages;
  readonly clock: Clock;
}): ListJournalEntries {
  return async (input) => {
    const { createdAt } = await deps.programs.get(input.programId);
    if (input.from !== undefined && input.to !== undefined && input.from > input.to) {
      throw new Failure('invalid_request', 'Let the range end when it starts or later.', {
        errors: [{ pointer: 'query:to', rule: 'must not be before `from`' }],
      });
    }
    const now = toInstant(deps.clock());
    const first = input.from !== undefined && input.from > createdAt ? input.from : createdAt;
    const last = input.to !== undefined && input.to < now ? input.to : now;
    const asked = { ...input, first, last };
    const after = input.cursor === undefined ? undefined : decode(input.cursor, asked);
    if (first > last) return { items: [] };
    const partners = new Set([input.partnerId, input.account && partnerOfAccount(input.account)]);
    partners.delete(undefined);
    const [partnerId, other] = [...partners];
    if (other !== undefined) return { items: [] };
    return partnerId === undefined
      ? byMonth(deps.pages, asked, after)
      : ofPartner(deps.journal, asked, partnerId, after);
  };
}

/** A partner has a few entries a month: all of them are read and put in order. */
async function ofPartner(
  journal: Pick<Journal, 'ofPartner'>,
  asked: Asked,
  partnerId: string,
  from: Position | undefined,
): Promise<Page<JournalEntry>> {
  const found: JournalEntry[] = [];
  for await (const entry of journal.ofPartner(asked.programId, partnerId)) {
    const inRange = entry.postedAt >= asked.first && entry.postedAt <= asked.last;
    const isBehind = from?.after === undefined || compareOf(asked.order)(entry, from.after) > 0;
    if (inRange && isBehind && matches(entry, asked)) found.push(entry);
  }
  const items = found.sort(compareOf(asked.order)).slice(0, asked.limit);
  const end = items.at(-1);
  return found.length > items.length && end ? { items, nextCursor: encode(positionOf(end)) } : { items };
}

async function byMonth(pages: JournalPages, asked: Asked, from: Position | undefined): Promise<Page<JournalEntry>> {
  const { programId, order, first, last } = asked;
  const items: JournalEntry[] = [];
  const [start, end] = order === 'oldest' ? [first, last] : [last, first];
  let position: Position | undefined = from ?? { month: monthOf(start) };
  for (let reads = 0; position && reads < MAX_READS; reads += 1) {
    const { month, after }: Position = position;
    const page = await pages.ofMonth(programId, { month, order, from: first, to: last, after, limit: A_READ });
    for (const entry of page.items) {
      if (!matches(entry, asked)) continue;
      // One more than fits: only then there is a next page.
      const full: JournalEntry | undefined = items.length === asked.limit ? items.at(-1) : undefined;
      if (full) return { items, nextCursor: encode(positionOf(full)) };
      items.push(entry);
    }
    const seen = page.items.at(-1);
    if (page.more && seen) position = positionOf(seen);
    else position = month === monthOf(end) ? undefined : { month: step(month, order) };
  }
  return position ? { items, nextCursor: encode(position) } : { items };
}

function matches(entry: JournalEntry, { account, kind }: Asked): boolean {
  const posts = account === undefined || entry.postings.some((posting) => posting.account === account);
  return posts && (kind ?? entry.kind) === entry.kind;
}

function compareOf(order: Order): (a: JournalPlace, b: JournalPlace) => number {
  const sign = order === 'oldest' ? 1 : -1;
  return (a, b) => sign * (compareText(a.postedAt, b.postedAt) || compareText(a.entryId, b.entryId));
}

function monthOf(instant: Instant): Period {
  return instant.slice(0, 7) as Period;
}

function step(month: Period, order: Order): Period {
  return order === 'oldest' ? nextPeriod(month) : previousPeriod(month);
}

function positionOf({ postedAt, partnerId, entryId }: JournalEntry): Position {
  return { month: monthOf(postedAt), after: { postedAt, partnerId, entryId } };
}

/** The partner of an entry, whose id names the statement that led to it. */
export function partnerOfEntry(entryId: string): string | undefined {
  const statementId = /^(?:post|(?:submit|settle|fail|return)~po)~(.+)$/.exec(entryId)?.[1];
  return statementId === undefined ? undefined : parseStatementId(statementId)?.partnerId;
}

function encode({ month, after }: Position): string {
  return Buffer.from(JSON.stringify(after ? [after.postedAt, after.entryId] : [month])).toString('base64url');
}

/** A place outside of what is listed would be refused by the table. */
function decode(cursor: string, { first, last }: Asked): Position {
  try {
    const [at, entryId] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (typeof at === 'string' && entryId === undefined) {
      const isMonth = /^\d{4}-(0[1-9]|1[0-2])$/.test(at) && at >= monthOf(first) && at <= monthOf(last);
      if (isMonth) return { month: at as Period };
    }
    if (typeof at === 'string' && typeof entryId === 'string' && toInstant(Date.parse(at)) === at) {
      const partnerId = partnerOfEntry(entryId);
      const postedAt = at as Instant;
      const isInside = postedAt >= first && postedAt <= last;
      if (partnerId !== undefined && isInside)
        return { month: monthOf(postedAt), after: { postedAt, partnerId, entryId } };
    }
  } catch {
    // Answered below, as any other text that is no cursor.
  }
  throw new Failure('invalid_request', 'Send the nextCursor of the page before, or none for the first page.', {
    errors: [{ pointer: 'query:cursor', rule: 'must be a cursor that this list returned' }],
  });
}
