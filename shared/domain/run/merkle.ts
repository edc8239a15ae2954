/** Lower-case hex digest of a text; passed in, as the domain imports nothing. */
export type HashText = (text: string) => string;

export type MerkleLeaf = { readonly id: string; readonly digest: string };

/**
 * Root of a binary hash tree over leaves sorted by id, in the manner of RFC 6962 section 2.1: leaves and nodes are
 * hashed apart, so that no node passes for a leaf, and an odd node moves up unpaired, so that no leaf counts twice.
 * @throws RangeError when two leaves carry one id
 */
export function merkleRoot(leaves: readonly MerkleLeaf[], hash: HashText): string {
  const sorted = leaves.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  for (const [index, leaf] of sorted.entries()) {
    if (sorted[index - 1]?.id === leaf.id) throw new RangeError(`two leaves with the id ${leaf.id}`);
  }
  if (sorted.length === 0) return hash('tallystick/empty/v1');
  let level = sorted.map((leaf) => hash(`tallystick/leaf/v1\n${leaf.id}\n${leaf.digest}`));
  while (level.length > 1) level = parentsOf(level, hash);
  return level[0] as string;
}

function parentsOf(level: readonly string[], hash: HashText): string[] {
  const parents: string[] = [];
  for (let index = 0; index < level.length; index += 2) {
    const left = level[index] as string;
    const right = level[index + 1];
    parents.push(right === undefined ? left : hash(`tallystick/node/v1\n${left}\n${right}`));
  }
  return parents;
}
