/** Does the work on every item, in their order, at most `atOnce` at a time. The first error ends it. */
export async function severalAtOnce<T>(
  items: Iterable<T> | AsyncIterable<T>,
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const next = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  let hasFailed = false;
  // One line of readers: an iterator may not be asked again before it has answered.
  let turn: Promise<unknown> = Promise.resolve();
  const take = (): Promise<IteratorResult<T>> => {
    const taken = turn.then(() => next.next());
    turn = taken.catch(() => undefined);
    return taken;
  };
  const worker = async (): Promise<void> => {
    for (let item = await take(); !item.done && !hasFailed; item = await take()) {
      await work(item.value).catch((error: unknown) => {
        hasFailed = true;
        throw error;
      });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}
