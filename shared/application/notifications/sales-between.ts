import type { SalesSum } from '#shared/application/notifications/outbox';
import type { Program } from '#shared/application/programs';
import type { EpochMs } from '#shared/domain/time/instant';

/**
 * What was recorded for a partner from `fromMs` on and before `toMs`, summed from the facts: sales that earn, and those that are
 * held by now. One that took place more than a week before `fromMs` is of an import and no news.
 */
export type SalesBetween = (program: Program, partnerId: string, fromMs: EpochMs, toMs: EpochMs) => Promise<SalesSum>;

export const OLD_NEWS_MS = 7 * 24 * 3_600_000;
