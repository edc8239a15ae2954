import { Failure } from '#shared/application/failure';
import type { Clock } from '#shared/application/ports';
import { type TimeBox, TimeIsOver } from '#shared/application/time-box';
import { type Instant, toEpochMs } from '#shared/domain/time/instant';

/** Up to this many facts an answer is worked out anew: some tens of milliseconds. */
export const SMALL_WORK = 500;

/** A box that leaves small work its time, however slow the moment: who has few sales is always answered. */
export function patientBox(box: TimeBox, workSoFar: () => number): TimeBox {
  return { isOver: () => workSoFar() > SMALL_WORK && box.isOver() };
}

type Figures = { readonly asOf: Instant; readonly work: number };

/**
 * Answers figures: small ones as they are now, large ones as they were remembered, at once and with their `asOf`, while they are
 * worked out again in the background when they are older than `freshMs`. Large ones that nobody remembers are worked out once
 * while the caller waits, as long as the box has time.
 * @throws Failure temporarily_unavailable
 */
export async function freshOrRemembered<T extends Figures>(
  deps: { readonly clock: Clock },
  figures: {
    readonly recall: () => Promise<T | undefined>;
    readonly compute: (box: TimeBox) => Promise<T>;
    readonly request: () => Promise<void>;
    readonly freshMs: number;
  },
  box: TimeBox,
): Promise<T> {
  const known = await figures.recall();
  if (known && known.work > SMALL_WORK) {
    if (deps.clock() - toEpochMs(known.asOf) > figures.freshMs) await figures.request();
    return known;
  }
  try {
    const computed = await figures.compute(box);
    if (computed.work > SMALL_WORK) await figures.request();
    return computed;
  } catch (error) {
    if (!(error instanceof TimeIsOver)) throw error;
    await figures.request();
    throw new Failure(
      'temporarily_unavailable',
      'These are more sales than can be counted while you wait. They are being counted: ask again in a minute.',
    );
  }
}
