import { compareText } from '#shared/domain/time/instant';

/** Reads on in step with another list of partners, both by partner id: so two runs are compared without holding either. */
export type InPartnerOrder<T> = {
  /** What there is of a partner; asked in ascending order of ids, each once. */
  of(partnerId: string): Promise<readonly T[]>;
};

export function inPartnerOrder<T extends { readonly partnerId: string }>(
  batches: AsyncIterable<readonly T[]>,
): InPartnerOrder<T> {
  const iterator = batches[Symbol.asyncIterator]();
  let buffer: readonly T[] = [];
  let isDone = false;
  return {
    async of(partnerId) {
      const last = (): T | undefined => buffer.at(-1);
      // A partner lies in one batch: shards never split one.
      while (!isDone && compareText(last()?.partnerId ?? '', partnerId) < 0) {
        const next = await iterator.next();
        if (next.done) isDone = true;
        else buffer = next.value.toSorted((a, b) => compareText(a.partnerId, b.partnerId));
      }
      return buffer.filter((item) => item.partnerId === partnerId);
    },
  };
}

export async function* nothing(): AsyncGenerator<never> {}
