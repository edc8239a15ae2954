import type { TimeBox } from '#shared/application/time-box';

/** Runs `work` for each item, at most `limit` at once. Stops taking items at the first failure and throws it when the others ended. */
export async function forEachConcurrently<T>(
  items: Iterable<T> | AsyncIterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for await (const item of items) {
    if (failures.length > 0) break;
    const task: Promise<void> = work(item)
      .catch((error: unknown) => {
        failures.push(error);
      })
      .finally(() => running.delete(task));
    running.add(task);
    if (running.size >= limit) await Promise.race(running);
  }
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
}

/**
 * Answers what `work` makes of each item in the order of the items, while the next ones are under way: `limit` at once, and
 * no more held. Throws the first failure in that order when the others under way have ended.
 */
export async function* mapInOrder<T, R>(
  items: AsyncIterable<T>,
  limit: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  try {
    for await (const item of items) {
      const task = work(item);
      // Thrown when its turn comes.
      task.catch(() => {});
      running.push(task);
      if (running.length >= limit) yield (await running.shift()) as R;
    }
    while (running.length > 0) yield (await running.shift()) as R;
  } finally {
    await Promise.allSettled(running);
  }
}

/**
 * As `forEachConcurrently`, in the order of the items, but takes no further one when the time is over.
 * @returns how many were taken and are done: at least one, so that every call gets on
 */
export async function forEachInTime<T>(
  items: readonly T[],
  limit: number,
  box: TimeBox,
  work: (item: T) => Promise<void>,
): Promise<number> {
  let taken = 0;
  function* inTime(): Iterable<T> {
    for (const item of items) {
      if (taken > 0 && box.isOver()) return;
      taken += 1;
      yield item;
    }
  }
  await forEachConcurrently(inTime(), limit, work);
  return taken;
}
