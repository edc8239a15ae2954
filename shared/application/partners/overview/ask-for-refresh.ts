import type { Overviews, RefreshRequest } from '#shared/application/partners/overview/overview';
import type { Clock } from '#shared/application/ports';
import { type Instant, type Period, toEpochMs, toInstant } from '#shared/domain/time/instant';

/** What is younger is shown as it is. */
const FRESH_MS = 10 * 60_000;
/** A month that is over changes little. */
const FRESH_PAST_MS = 24 * 3_600_000;
/** What took long to compute may be as many times older, so that it costs at most a twentieth of a function. */
const FRESH_TIMES = 20;
/** A request that nobody takes up by then was lost. */
const TAKEN_UP_MS = 2 * 60_000;

export type Kept = { readonly asOf: Instant; readonly tookMs: number };

/** Whether what was computed should be computed anew. */
export function isStale({ asOf, tookMs }: Kept, nowMs: number, isRunning: boolean): boolean {
  const fresh = Math.max(isRunning ? FRESH_MS : FRESH_PAST_MS, tookMs * FRESH_TIMES);
  return nowMs - toEpochMs(asOf) > fresh;
}

/** Asks for a refresh of a month, once at a time: whoever asks while one is under way asks for nothing more. */
export async function askForRefresh(
  { overviews, clock }: { readonly overviews: Pick<Overviews, 'request'>; readonly clock: Clock },
  of: { readonly programId: string; readonly period: Period; readonly requestId: string },
): Promise<void> {
  const nowMs = clock();
  const request: RefreshRequest = { ...of, at: toInstant(nowMs) };
  await overviews.request(request, toInstant(nowMs + TAKEN_UP_MS));
}
