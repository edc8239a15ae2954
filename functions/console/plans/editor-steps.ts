import { type EditorComponent, type EditorPart, type EditorPlan, EMPTY, KINDS, type Kind } from './editor-plan.ts';

/** What a button of the editor does to what is typed; nothing is saved by it. Buttons are named `step` with these values. */
export const step = {
  add: (kind: Kind): string => `add:${kind}`,
  remove: (at: number): string => `remove:${at}`,
  up: (at: number): string => `up:${at}`,
  down: (at: number): string => `down:${at}`,
  addBracket: (at: number): string => `addBracket:${at}`,
  removeBracket: (at: number, row: number): string => `removeBracket:${at}:${row}`,
  addRate: (at: number): string => `addRate:${at}`,
  removeRate: (at: number, row: number): string => `removeRate:${at}:${row}`,
} as const;

const FIRST_IDS: Readonly<Record<Kind, string>> = {
  revenue_share: 'share',
  referral_fee: 'welcome',
  fixed_fee: 'retainer',
  minimum_commitment: 'minimum',
};

/** @param text the value of the button that was pressed; what is none of ours changes nothing */
export function withStep(editor: EditorPlan, text: string): EditorPlan {
  const [what = '', first = '', second = ''] = text.split(':');
  const { parts } = editor;
  if (what === 'add') {
    const kind = KINDS.find((one) => one === first);
    return kind === undefined ? editor : { ...editor, parts: [...parts, newComponent(kind, parts)] };
  }
  const at = Number(first);
  const part = parts[at];
  if (part === undefined) return editor;
  if (what === 'remove') return { ...editor, parts: parts.toSpliced(at, 1) };
  if (what === 'up' && at > 0) return { ...editor, parts: parts.toSpliced(at, 1).toSpliced(at - 1, 0, part) };
  if (what === 'down') return { ...editor, parts: parts.toSpliced(at, 1).toSpliced(at + 1, 0, part) };
  if ('raw' in part) return editor;
  const changed = withRow(part, what, Number(second));
  return changed ? { ...editor, parts: parts.with(at, changed) } : editor;
}

function withRow(part: EditorComponent, what: string, row: number): EditorComponent | undefined {
  switch (what) {
    case 'addBracket': {
      // The last bracket has no end: the new one stands before it.
      const last = Math.max(0, part.brackets.length - 1);
      return { ...part, brackets: part.brackets.toSpliced(last, 0, { upTo: '', rate: '' }) };
    }
    case 'removeBracket':
      return { ...part, brackets: part.brackets.toSpliced(row, 1) };
    case 'addRate':
      return { ...part, rates: [...part.rates, { category: '', country: '', tier: '', rate: '' }] };
    case 'removeRate':
      return { ...part, rates: part.rates.toSpliced(row, 1) };
    default:
      return undefined;
  }
}

function newComponent(kind: Kind, parts: readonly EditorPart[]): EditorComponent {
  const taken = new Set(parts.map((part) => ('raw' in part ? '' : part.id)));
  const first = FIRST_IDS[kind];
  let id = first;
  for (let next = 2; taken.has(id); next += 1) id = `${first}-${next}`;
  return { ...EMPTY, kind, id };
}

/** With a row for each tier of the programme, and two brackets to begin with where there are none. */
export function withPlaces(editor: EditorPlan, schemeTiers: readonly string[]): EditorPlan {
  const parts = editor.parts.map((part): EditorPart => {
    if ('raw' in part || part.kind !== 'revenue_share') return part;
    const known = new Map(part.tiers.map((row) => [row.tier, row]));
    const own = schemeTiers.map((tier) => known.get(tier) ?? { tier, rate: '' });
    const others = part.tiers.filter(({ tier }) => !schemeTiers.includes(tier));
    const brackets =
      part.brackets.length > 0
        ? part.brackets
        : [
            { upTo: '', rate: '' },
            { upTo: '', rate: '' },
          ];
    return { ...part, tiers: [...own, ...others], brackets };
  });
  return { ...editor, parts };
}
