import {
  NEW_CONDITION,
  type TypedGroup,
  type TypedRequirement,
  type TypedScheme,
  type TypedTier,
} from './tier-editor.ts';

/** What a button of the editor does to what is typed; nothing is saved by it. Paths are those of fields: `t1.q.0`. */
export const step = {
  addTier: (): string => 'addTier',
  removeTier: (at: number): string => `removeTier:${at}`,
  raise: (at: number): string => `raise:${at}`,
  lower: (at: number): string => `lower:${at}`,
  addCondition: (path: string): string => `addCondition:${path}`,
  addGroup: (path: string): string => `addGroup:${path}`,
  remove: (path: string): string => `remove:${path}`,
} as const;

const NEW_TIER: TypedTier = {
  tier: '',
  byInvitation: false,
  rate: '',
  requires: { join: 'all', parts: [NEW_CONDITION] },
};

/** @param text the value of the button that was pressed; what is none of ours changes nothing */
export function withStep(scheme: TypedScheme, text: string): TypedScheme {
  const [what = '', where = ''] = text.split(':');
  const { tiers } = scheme;
  if (what === 'addTier') return { ...scheme, tiers: [...tiers, NEW_TIER] };
  const path = /^t(\d+)\.q((?:\.\d+)*)$/.exec(where);
  if (path) {
    const at = Number(path[1]);
    const tier = tiers[at];
    const places = (path[2] ?? '').split('.').slice(1).map(Number);
    if (!tier) return scheme;
    return { ...scheme, tiers: tiers.with(at, { ...tier, requires: changed(tier.requires, places, what) }) };
  }
  const at = Number(where);
  const tier = where === '' ? undefined : tiers[at];
  if (!tier) return scheme;
  if (what === 'removeTier') return { ...scheme, tiers: tiers.toSpliced(at, 1) };
  if (what === 'raise') return { ...scheme, tiers: tiers.toSpliced(at, 1).toSpliced(at + 1, 0, tier) };
  if (what === 'lower' && at > 0) return { ...scheme, tiers: tiers.toSpliced(at, 1).toSpliced(at - 1, 0, tier) };
  return scheme;
}

function changed(group: TypedGroup, [first, ...rest]: readonly number[], what: string): TypedGroup {
  if (first === undefined) {
    // Who adds a condition to nothing asks for it.
    const join = group.join === 'nothing' ? 'all' : group.join;
    if (what === 'addCondition') return { join, parts: [...group.parts, NEW_CONDITION] };
    if (what === 'addGroup') return { join, parts: [...group.parts, { join: 'any', parts: [NEW_CONDITION] }] };
    return group;
  }
  const part: TypedRequirement | undefined = group.parts[first];
  if (!part) return group;
  if (rest.length === 0 && what === 'remove') return { ...group, parts: group.parts.toSpliced(first, 1) };
  return 'join' in part ? { ...group, parts: group.parts.with(first, changed(part, rest, what)) } : group;
}
