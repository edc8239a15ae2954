/** A typo is one slip, or two in a longer name; more than this is another word. */
const LETTERS_A_SLIP = 4;
const MAX_SLIPS = 3;

/**
 * The known name that a written one was most likely meant to be: the fewest letters added, left out, replaced or swapped with
 * their neighbour (optimal string alignment), of two as near the first. `undefined`: none is close, or it is one of them.
 */
export function nearestName(written: string, known: readonly string[]): string | undefined {
  if (known.includes(written)) return undefined;
  const allowed = Math.min(MAX_SLIPS, Math.max(1, Math.floor(written.length / LETTERS_A_SLIP)));
  const near = known
    .map((name) => ({ name, slips: slipsBetween(written, name) }))
    .filter(({ slips }) => slips <= allowed);
  return near.toSorted((a, b) => a.slips - b.slips)[0]?.name;
}

function slipsBetween(a: string, b: string): number {
  const firstRow = Array.from({ length: b.length + 1 }, (_, column) => column);
  let older = firstRow;
  let above = firstRow;
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const at = (cells: readonly number[], index: number): number => cells[index] ?? Number.POSITIVE_INFINITY;
      const replaced = at(above, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swapped = isSwap ? at(older, column - 2) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(at(above, column) + 1, at(current, column - 1) + 1, replaced, swapped));
    }
    older = above;
    above = current;
  }
  return above[b.length] ?? 0;
}
