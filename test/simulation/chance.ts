/** What one seed decides: every draw comes from here, so that a seed replays a whole simulation. */
export type Chance = {
  /** From 0 up to, but not including, 1. */
  readonly draw: () => number;
  readonly happens: (probability: number) => boolean;
  /** A whole number, both ends included. */
  readonly between: (low: number, high: number) => number;
  readonly oneOf: <T>(items: readonly T[]) => T;
  readonly shuffled: <T>(items: readonly T[]) => T[];
};

/** mulberry32: 32 bits of state are plenty for a test and take one line. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const draw = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number): number => low + Math.floor(draw() * (high - low + 1));
  return {
    draw,
    happens: (probability) => draw() < probability,
    between,
    oneOf: (items) => items[between(0, items.length - 1)]!,
    shuffled: (items) => {
      const all = [...items];
      for (let last = all.length - 1; last > 0; last -= 1) {
        const other = between(0, last);
        [all[last], all[other]] = [all[other]!, all[last]!];
      }
      return all;
    },
  };
}

/** The process is gone: what it wrote stays, what it knew is lost. */
export class Crash extends Error {}

/** Longest time that one write is overtaken by others, in turns of the event loop's queue. */
const MAX_TURNS = 4;

/**
 * The store with writes that take their time and now and then crash: before anything is stored, or after, with the
 * answer lost.
 */
export function crashing<T extends object>(store: T, chance: Chance, probability: number, ...writes: (keyof T)[]): T {
  const wrapped = { ...store };
  for (const name of writes) {
    const write = store[name] as (...args: readonly unknown[]) => Promise<unknown>;
    const slow = async (...args: readonly unknown[]): Promise<unknown> => {
      for (let turns = chance.between(0, MAX_TURNS); turns > 0; turns -= 1) await undefined;
      if (chance.happens(probability)) throw new Crash(`before ${String(name)}`);
      const answer = await write(...args);
      if (chance.happens(probability)) throw new Crash(`after ${String(name)}`);
      return answer;
    };
    wrapped[name] = slow as T[keyof T];
  }
  return wrapped;
}

/** As a workflow or a merchant does: again and again until it ends without a crash. */
export async function surviving<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
  }
}
