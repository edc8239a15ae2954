import type { EpochMs } from './instant.ts';

/**
 * The clock of one time zone as data: from `fromMs` on, the wall clock shows UTC plus `offsetMs`.
 * Ascending; the first segment starts at `Number.NEGATIVE_INFINITY`. Built by `shared/adapters/time-zones`.
 */
export type TimeZone = {
  readonly id: string;
  readonly segments: readonly { readonly fromMs: EpochMs; readonly offsetMs: number }[];
};
