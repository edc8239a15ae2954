import { Failure } from '#shared/application/failure';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { ClickPoint, ClickReads, ClickSeriesQuery } from '#shared/application/tracking/clicks/click-ports';
import { type LinkQuery, requireLink } from '#shared/application/tracking/links/require-link';
import type { LinkStore } from '#shared/application/tracking/ports';
import { type Instant, toInstant } from '#shared/domain/time/instant';
import { dayOf } from '#shared/domain/time/wall-day';

const DAY_MS = 86_400_000;
/** So that the longest answer of a link that is never quiet is some thousand points from some ten thousand items. */
const MAX_DAYS = { day: { all: 366, byValue: 92 }, hour: { all: 31, byValue: 3 } } as const;
const DEFAULT_DAYS = { day: 30, hour: 2 } as const;

export type ListLinkClicksInput = LinkQuery &
  Pick<ClickSeriesQuery, 'granularity' | 'by'> & {
    readonly from?: string | undefined;
    readonly to?: string | undefined;
  };

export type LinkClicks = Pick<ClickSeriesQuery, 'from' | 'to' | 'granularity' | 'by'> & {
  readonly timeZone: string;
  readonly asOf: Instant;
  readonly items: readonly ClickPoint[];
};

/**
 * A link's clicks by hour or day of its programme, of all or by sub-id or country.
 * 1. the link, if the caller may see it; 2. the days asked for, within the limits; 3. their counts.
 * @throws Failure unknown_program; not_found (no such link, or not the caller's); invalid_request (days out of order or too many, of a very busy link sooner)
 */
export function makeListLinkClicks(deps: {
  readonly links: Pick<LinkStore, 'find'>;
  readonly reads: Pick<ClickReads, 'series'>;
  readonly programs: ProgramReader;
  readonly clock: Clock;
}): (input: ListLinkClicksInput) => Promise<LinkClicks> {
  return async (input) => {
    const { timeZone } = await deps.programs.get(input.programId);
    const link = await requireLink(deps.links, input);
    const now = deps.clock();
    const { granularity, by } = input;
    const range = { ...daysOf(input, dayOf(now, deps.programs.zone(timeZone))), granularity, by };
    const items = await deps.reads.series({ programId: link.programId, slug: link.slug, ...range });
    return { timeZone, ...range, asOf: toInstant(now), items };
  };
}

function daysOf(
  { from, to, granularity, by }: ListLinkClicksInput,
  today: string,
): { readonly from: string; readonly to: string } {
  const last = to ?? today;
  const first = from ?? addDays(last, 1 - DEFAULT_DAYS[granularity]);
  if (first > last) throw badRange('must not be later than `to`');
  const limit = MAX_DAYS[granularity][by === 'none' ? 'all' : 'byValue'];
  if (addDays(first, limit) <= last) {
    throw badRange(
      `must be at most ${limit} days before \`to\`, both counted, for granularity=${granularity} and by=${by}`,
    );
  }
  return { from: first, to: last };
}

function badRange(rule: string): Failure {
  return new Failure(
    'invalid_request',
    'Ask for fewer days, or for them in order; several questions make a longer series.',
    {
      errors: [{ pointer: 'query:from', rule }],
    },
  );
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
