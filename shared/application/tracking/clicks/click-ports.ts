import type { ClickLine, ClickTotals } from '#shared/application/tracking/ports';
import type { EpochMs } from '#shared/domain/time/instant';

/** A click with what counting it needs beside its line. */
export type ClickToCount = ClickLine & {
  /** Its day on the programme's wall clock, `YYYY-MM-DD`. */
  readonly day: string;
  /** Who shared the link, where that is known. */
  readonly partnerId?: string | undefined;
  /** Its raw touch lapses then: the programme's attribution window is over. */
  readonly keptUntil: EpochMs;
};

/** A click as it is kept for the attribution window. No address, no browser, no visitor. */
export type KeptClick = Pick<
  ClickToCount,
  'clickId' | 'slug' | 'partnerId' | 'at' | 'kind' | 'isPaidSearch' | 'country'
> & {
  readonly subs: readonly string[];
};

/** What a link's clicks can be told apart by. */
export const CLICK_DIMENSIONS = ['sub1', 'sub2', 'sub3', 'sub4', 'sub5', 'country'] as const;
export type ClickDimension = (typeof CLICK_DIMENSIONS)[number];

/** Values of one dimension of one link that are counted by name on one day: the first ones; the rest are one sum. */
export const MAX_VALUES_A_DAY = 50;

export type ClickSeriesQuery = {
  readonly programId: string;
  readonly slug: string;
  /** Days on the programme's wall clock, both inclusive. */
  readonly from: string;
  readonly to: string;
  readonly granularity: 'hour' | 'day';
  readonly by: 'none' | ClickDimension;
};

export type ClickPoint = ClickTotals & {
  /** A day, or the first instant of an hour in UTC. */
  readonly at: string;
  /** Of the dimension asked for; absent without one, and for the sum of the others. */
  readonly value?: string | undefined;
  /** The sum of the values that are not counted by name. */
  readonly isOther?: boolean | undefined;
};

export type ClickRollups = {
  /**
   * Counts those not counted before, each once, however they are delivered again, and keeps them until their `keptUntil`.
   * Answers how many were new. Rejects when some could not be counted: those are delivered again.
   */
  count(clicks: readonly ClickToCount[]): Promise<number>;
};

export type ClickReads = {
  /** Of links since they were made; those without a click are not there. */
  totals(programId: string, slugs: readonly string[]): Promise<ReadonlyMap<string, ClickTotals>>;
  /**
   * Points with at least one click, in order of `at`, then value.
   * @throws Failure invalid_request for more days than can be read at once of a link that is very busy
   */
  series(query: ClickSeriesQuery): Promise<readonly ClickPoint[]>;
};

/** Raw touches by their click ids: what a click token names. Those that have lapsed or were never counted are not there. */
export type KeptClicks = {
  find(programId: string, clickIds: readonly string[]): Promise<readonly KeptClick[]>;
};
