import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MerkleLeaf, makeMerkleTree } from '#shared/domain/run/merkle';
import { makeTopList } from '#shared/domain/run/top-list';
import { sha256 } from '#test/support/builders/payouts';

/** The tree level by level, over all leaves at once: as every run before was hashed. */
function rootByLevels(leaves: readonly MerkleLeaf[]): string {
  const sorted = leaves.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  if (sorted.length === 0) return sha256('tallystick/empty/v1');
  let level = sorted.map(({ id, digest }) => sha256(`tallystick/leaf/v1\n${id}\n${digest}`));
  while (level.length > 1) {
    const parents: string[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const [left = '', right] = level.slice(index, index + 2);
      parents.push(right === undefined ? left : sha256(`tallystick/node/v1\n${left}\n${right}`));
    }
    level = parents;
  }
  return level[0]!;
}

describe('a tree whose leaves come one at a time', () => {
  it('has the root that all of them at once have, in any order and number', () => {
    const ids = fc.uniqueArray(fc.string({ unit: fc.constantFrom('a', 'b', '-', '~', 'é'), maxLength: 6 }), {
      maxLength: 70,
    });
    fc.assert(
      fc.property(ids, (given) => {
        const leaves = given.map((id, index) => ({ id, digest: sha256(`${index}`) }));
        const tree = makeMerkleTree(sha256);
        for (const leaf of leaves) tree.add(leaf);
        expect(tree.root()).toBe(rootByLevels(leaves));
      }),
    );
    for (let count = 0; count <= 33; count += 1) {
      const leaves = Array.from({ length: count }, (_, index) => ({
        id: `s${100 + index}`,
        digest: sha256(`${index}`),
      }));
      const tree = makeMerkleTree(sha256);
      for (const leaf of leaves) tree.add(leaf);
      expect(tree.root(), `${count}`).toBe(rootByLevels(leaves));
    }
  });

  it('refuses an id that comes twice, wherever', () => {
    const tree = makeMerkleTree(sha256);
    for (const id of ['b', 'a', 'b']) tree.add({ id, digest: sha256(id) });
    expect(() => tree.root()).toThrow('two leaves with the id b');
  });
});

describe('the first of many', () => {
  it('are those of the sorted whole, equals as they came', () => {
    const items = fc.array(fc.record({ rank: fc.integer({ min: 0, max: 9 }), name: fc.nat() }), { maxLength: 60 });
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 7 }), fc.nat(60), (all, limit, askedAfter) => {
        const byRank = (a: { rank: number }, b: { rank: number }): number => a.rank - b.rank;
        const list = makeTopList(limit, byRank);
        for (const [index, item] of all.entries()) {
          list.add(item);
          if (index === askedAfter)
            expect(list.items()).toEqual(
              all
                .slice(0, index + 1)
                .sort(byRank)
                .slice(0, limit),
            );
        }
        expect(list.items()).toEqual(all.toSorted(byRank).slice(0, limit));
      }),
    );
  });
});
