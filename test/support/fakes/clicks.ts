import {
  CLICK_DIMENSIONS,
  type ClickPoint,
  type ClickReads,
  type ClickRollups,
  type ClickSeriesQuery,
  type ClickToCount,
  type KeptClicks,
  MAX_VALUES_A_DAY,
} from '#shared/application/tracking/clicks/click-ports';
import type { ClickTotals } from '#shared/application/tracking/ports';
import { compareText, toInstant } from '#shared/domain/time/instant';

/** Clicks counted by looking at them all. */
export function makeFakeClicks(): ClickRollups & ClickReads & KeptClicks {
  const counted = new Map<string, ClickToCount>();
  const ofLink = (programId: string, slug: string): ClickToCount[] =>
    [...counted.values()].filter(
      (click) => click.programId === programId && (click.slug === slug || `@${click.partnerId}` === slug),
    );
  return {
    count: async (clicks) => {
      const before = counted.size;
      for (const click of clicks) {
        const id = `${click.programId} ${click.clickId}`;
        if (!counted.has(id)) counted.set(id, click);
      }
      return counted.size - before;
    },
    totals: async (programId, slugs) =>
      new Map(
        slugs
          .map((slug) => [slug, ofLink(programId, slug)] as const)
          .filter(([, clicks]) => clicks.length > 0)
          .map(([slug, clicks]) => [slug, sum(clicks, newcomersOf(clicks))]),
      ),
    series: async (query) => series(ofLink(query.programId, query.slug), query),
    find: async (programId, clickIds) =>
      [...new Set(clickIds)]
        .flatMap((clickId) => counted.get(`${programId} ${clickId}`) ?? [])
        .map(({ clickId, slug, partnerId, at, kind, isPaidSearch, country, subs }) => ({
          clickId,
          slug,
          partnerId,
          at,
          kind,
          isPaidSearch,
          country,
          subs,
        }))
        .sort((a, b) => a.at - b.at),
  };
}

type Counted = { readonly point: Pick<ClickPoint, 'at' | 'value' | 'isOther'>; readonly clicks: ClickToCount[] };

function series(clicks: readonly ClickToCount[], query: ClickSeriesQuery): readonly ClickPoint[] {
  const newcomers = newcomersOf(clicks);
  const named = new Map<string, Set<string>>();
  const points = new Map<string, Counted>();
  for (const click of clicks) {
    const value = valueIn(click, query.by);
    if (query.by !== 'none' && !value) continue;
    const names = named.get(click.day) ?? new Set<string>();
    named.set(click.day, names);
    if (value && names.size < MAX_VALUES_A_DAY) names.add(value);
    if (click.day < query.from || click.day > query.to) continue;
    const at = query.granularity === 'day' ? click.day : `${toInstant(click.at).slice(0, 13)}:00:00.000Z`;
    const isOther = value !== undefined && !names.has(value);
    const id = `${at} ${isOther ? 1 : 0} ${isOther ? '' : value}`;
    const point = { at, ...(isOther ? { isOther } : value === undefined ? {} : { value }) };
    const entry: Counted = points.get(id) ?? { point, clicks: [] };
    points.set(id, entry);
    entry.clicks.push(click);
  }
  return [...points]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, entry]) => ({ ...entry.point, ...sum(entry.clicks, newcomers) }));
}

function valueIn(click: ClickToCount, by: ClickSeriesQuery['by']): string | undefined {
  if (by === 'none') return undefined;
  return by === 'country' ? click.country : click.subs[CLICK_DIMENSIONS.indexOf(by)];
}

function newcomersOf(clicks: readonly ClickToCount[]): ReadonlySet<ClickToCount> {
  const first = new Map<string, ClickToCount>();
  for (const click of clicks) {
    const id = `${click.slug} ${toInstant(click.at).slice(0, 10)} ${click.visitor}`;
    if (click.kind === 'human' && click.visitor !== '-' && !first.has(id)) first.set(id, click);
  }
  return new Set(first.values());
}

function sum(clicks: readonly ClickToCount[], newcomers: ReadonlySet<ClickToCount>): ClickTotals {
  const of = (kind: ClickToCount['kind']): number => clicks.filter((click) => click.kind === kind).length;
  const visitors = clicks.filter((click) => newcomers.has(click)).length;
  return { clicks: of('human'), bots: of('bot'), prefetches: of('prefetch'), visitors };
}
