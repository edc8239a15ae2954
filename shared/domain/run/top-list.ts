/** The first of many in an order, of equals those that came first: holds at most twice as many as it answers. */
export type TopList<T> = {
  readonly add: (item: T) => void;
  /** In their order. */
  readonly items: () => readonly T[];
};

export function makeTopList<T>(limit: number, compare: (a: T, b: T) => number): TopList<T> {
  let kept: T[] = [];
  /** Nothing that comes after it, or beside it, gets in any more. */
  let last: T | undefined;
  const cut = (): void => {
    // Sorting is stable, so that what came first stays first.
    kept = kept.sort(compare).slice(0, limit);
    last = kept[limit - 1];
  };
  return {
    add: (item) => {
      if (last !== undefined && compare(item, last) >= 0) return;
      kept.push(item);
      if (kept.length >= 2 * limit) cut();
    },
    items: () => {
      cut();
      return [...kept];
    },
  };
}
