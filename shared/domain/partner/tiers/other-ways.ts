import type { Distance, Measures } from './measures.ts';
import { conditionKey, isMet, unmetOf } from './requirement.ts';
import { tellingDistances } from './telling-distances.ts';
import type { TierCondition, TierRequirement } from './tier-scheme.ts';

/** More than a person would compare. */
const MAX_WAYS = 4;

/** Where a requirement offers alternatives: what is left on each way but the nearest one, `chosen`, in the order they are written. */
export function otherWays(
  requirement: TierRequirement,
  measures: Measures,
  chosen: readonly Distance[],
): readonly (readonly Distance[])[] {
  const seen: ReadonlySet<string>[] = [keysOf(chosen)];
  return waysOf(requirement, measures).flatMap((conditions) => {
    const distances = tellingDistances(unmetOf({ all: conditions }, measures));
    const keys = keysOf(distances);
    // One that takes all that another one takes is no other way.
    if (seen.some((known) => [...known].every((key) => keys.has(key)))) return [];
    seen.push(keys);
    return [distances];
  });
}

function waysOf(requirement: TierRequirement, measures: Measures): readonly (readonly TierCondition[])[] {
  if (isMet(requirement, measures)) return [[]];
  if ('any' in requirement) return requirement.any.flatMap((part) => waysOf(part, measures)).slice(0, MAX_WAYS);
  if (!('all' in requirement)) return [[requirement]];
  return requirement.all.reduce<readonly (readonly TierCondition[])[]>(
    (ways, part) => {
      const more = waysOf(part, measures);
      return ways.flatMap((way) => more.map((one) => [...way, ...one])).slice(0, MAX_WAYS);
    },
    [[]],
  );
}

function keysOf(distances: readonly Distance[]): ReadonlySet<string> {
  return new Set(distances.map(({ condition }) => conditionKey(condition)));
}
