/**
 * Runs `work` for each item, at most `limit` at once, and answers in the order given.
 * Items that share a key run one after the other in the order given, as if they had been sent alone.
 * `work` must not reject.
 */
export async function runInOrder<T, R>(
  items: readonly T[],
  options: { readonly limit: number; readonly keysOf: (item: T) => readonly string[] },
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const lastByKey = new Map<string, Promise<unknown>>();
  const running = new Set<Promise<unknown>>();
  const answers: Promise<R>[] = [];
  for (const [index, item] of items.entries()) {
    // Waiting here, before the item is started, keeps both bounds: earlier items never wait for later ones.
    while (running.size >= options.limit) await Promise.race(running);
    const keys = options.keysOf(item);
    const before = keys.map((key) => lastByKey.get(key));
    const answer = Promise.all(before).then(() => work(item, index));
    for (const key of keys) lastByKey.set(key, answer);
    answers.push(answer);
    running.add(answer);
    answer.finally(() => running.delete(answer)).catch(() => undefined);
  }
  return Promise.all(answers);
}
