/** Lower-case hex digest of a text; passed in, as the domain imports nothing. */
export type HashText = (text: string) => string;

export type MerkleLeaf = { readonly id: string; readonly digest: string };

/** A hash tree whose leaves come one at a time, in any order. Keeps an id and a hash of each: some 150 bytes. */
export type MerkleTree = {
  readonly add: (leaf: MerkleLeaf) => void;
  /** @throws RangeError when two leaves carry one id */
  readonly root: () => string;
};

/**
 * A binary hash tree over leaves sorted by id, in the manner of RFC 6962 section 2.1: leaves and nodes are
 * hashed apart, so that no node passes for a leaf, and an odd node moves up unpaired, so that no leaf counts twice.
 */
export function makeMerkleTree(hash: HashText): MerkleTree {
  const ids: string[] = [];
  const hashes: string[] = [];
  return {
    add: ({ id, digest }) => {
      ids.push(id);
      hashes.push(hash(`tallystick/leaf/v1\n${id}\n${digest}`));
    },
    root: () => {
      const order = inOrder(ids);
      const fold = makeFold(hash);
      let before: string | undefined;
      for (const index of order) {
        const id = ids[index] as string;
        if (id === before) throw new RangeError(`two leaves with the id ${id}`);
        before = id;
        fold.add(hashes[index] as string);
      }
      return fold.root();
    },
  };
}

/** Root of the tree over these leaves. @throws RangeError when two leaves carry one id */
export function merkleRoot(leaves: readonly MerkleLeaf[], hash: HashText): string {
  const tree = makeMerkleTree(hash);
  for (const leaf of leaves) tree.add(leaf);
  return tree.root();
}

function inOrder(ids: readonly string[]): Uint32Array {
  const order = Uint32Array.from(ids.keys());
  return order.sort((a, b) => {
    const [left, right] = [ids[a] as string, ids[b] as string];
    return left === right ? 0 : left < right ? -1 : 1;
  });
}

/** Pairs hashes from left to right as they come: of each height at most one waits for its neighbour. */
function makeFold(hash: HashText): { readonly add: (leaf: string) => void; readonly root: () => string } {
  const node = (left: string, right: string): string => hash(`tallystick/node/v1\n${left}\n${right}`);
  const waiting: (string | undefined)[] = [];
  return {
    add: (leaf) => {
      let carried = leaf;
      let height = 0;
      for (let left = waiting[height]; left !== undefined; left = waiting[height]) {
        carried = node(left, carried);
        waiting[height] = undefined;
        height += 1;
      }
      waiting[height] = carried;
    },
    root: () => {
      let right: string | undefined;
      // What has no neighbour moves up to the next height that has one.
      for (const left of waiting) {
        if (left === undefined) continue;
        right = right === undefined ? left : node(left, right);
      }
      return right ?? hash('tallystick/empty/v1');
    },
  };
}
