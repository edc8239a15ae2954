import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { componentsOf } from '#functions/console/plans/editor-components';
import { faultsOf, fieldAt } from '#functions/console/plans/editor-faults';
import { readEditor, valuesOf } from '#functions/console/plans/editor-form';
import { type EditorComponent, editorOf } from '#functions/console/plans/editor-plan';
import { step, withPlaces, withStep } from '#functions/console/plans/editor-steps';
import { writtenPercent } from '#functions/console/web/written';

const PROGRAM_CURRENCY = 'EUR';
const SCHEME = ['referral', 'certified', 'premium'];
const format = { count: (count: number | bigint) => String(count) };

/** The form takes fifteen digits. */
const minor = fc.integer({ min: -1_000, max: 999_999_999_999_999 });
const bps = fc.integer({ min: -100, max: 20_000 });
const id = fc.constantFrom('share', 'fee', 'a.b-c_1');
const currency = fc.constantFrom('EUR', 'USD', 'JPY', 'KWD');
const slug = fc.constantFrom('books', 'referral', 'certified', 'house_1');
const optional: { requiredKeys: ['kind'] } = { requiredKeys: ['kind'] };
const caps = { capPerCustomerMinor: minor, capPerPeriodMinor: minor };
const rates = fc.array(
  fc.record({ category: slug, country: fc.constantFrom('DE', 'GB'), tier: slug, rateBps: bps }, { requiredKeys: [] }),
  { minLength: 1, maxLength: 4 },
);
const share = { kind: fc.constant('revenue_share'), id, currency, rates, windowMonths: fc.integer(), ...caps };
const bracket = fc.record({ upTo: fc.option(minor), rateBps: bps }, { requiredKeys: ['upTo'] });
const component = fc.oneof(
  fc.record({ ...share, ratesByTier: fc.dictionary(slug, bps) }, { requiredKeys: ['kind', 'ratesByTier'] }),
  fc.record(
    {
      ...share,
      brackets: fc.array(bracket, { minLength: 1, maxLength: 5 }),
      mode: fc.constantFrom('graduated', 'volume'),
      metric: fc.constantFrom('revenue', 'conversions'),
    },
    { requiredKeys: ['kind', 'brackets', 'mode', 'metric'] },
  ),
  fc.record({ kind: fc.constant('referral_fee'), id, currency, amountMinor: minor, ...caps }, optional),
  fc.record(
    { kind: fc.constant('fixed_fee'), id, currency, amountMinor: minor, prorate: fc.constant(false) },
    optional,
  ),
  fc.record({ kind: fc.constant('minimum_commitment'), id, currency, amountMinor: minor }, optional),
);

/** As it goes from the API into the page, from the page into the form, and back. */
const throughTheForm = (components: readonly Record<string, unknown>[]) => {
  const shown = withPlaces(editorOf({ name: 'Spring', components: [...components] }, PROGRAM_CURRENCY), SCHEME);
  return componentsOf(readEditor(valuesOf(shown)), PROGRAM_CURRENCY);
};

describe('the form of a plan', () => {
  it('gives back exactly the components that it shows, to the minor unit and the basis point', () => {
    fc.assert(
      fc.property(fc.array(component, { maxLength: 5 }), (components) => {
        expect(throughTheForm(components)).toEqual({ components, unreadable: {} });
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['a kind of another client', { kind: 'bonus', amountMinor: 5 }],
    ['a member that it has no field for', { kind: 'fixed_fee', id: 'fee', note: 'x' }],
    ['an amount that is no number', { kind: 'fixed_fee', id: 'fee', amountMinor: 'five' }],
    ['tiers and brackets at once', { kind: 'revenue_share', ratesByTier: {}, brackets: [] }],
  ])('keeps %s as it is', (_, foreign) => {
    expect(throughTheForm([foreign]).components).toEqual([foreign]);
  });

  it('names every field that holds no number, and leaves the others as they are', () => {
    const values = { name: ['x'], 'c0.kind': ['fixed_fee'], 'c0.id': ['fee'], 'c0.amount': ['1,234.50'] };
    const { components, unreadable } = componentsOf(readEditor(values), PROGRAM_CURRENCY);
    expect(components).toEqual([{ kind: 'fixed_fee', id: 'fee', prorate: false }]);
    expect(unreadable).toEqual({ 'c0.amount': expect.stringContaining('without separators') });
  });

  it('writes rates as people do', () => {
    expect([0, 5, 50, 1_000, 1_250, 1_205, -75].map(writtenPercent)).toEqual([
      '0',
      '0.05',
      '0.5',
      '10',
      '12.5',
      '12.05',
      '-0.75',
    ]);
  });
});

describe('buttons of the editor', () => {
  const empty = { name: 'Spring', parts: [] };
  const ids = (editor: ReturnType<typeof withStep>) => editor.parts.map((part) => ('raw' in part ? 'raw' : part.id));

  it('add, move and remove components, each with a name of its own', () => {
    const two = withStep(withStep(empty, step.add('fixed_fee')), step.add('fixed_fee'));
    expect(ids(two)).toEqual(['retainer', 'retainer-2']);
    expect(ids(withStep(two, step.up(1)))).toEqual(['retainer-2', 'retainer']);
    expect(ids(withStep(two, step.down(0)))).toEqual(['retainer-2', 'retainer']);
    expect(ids(withStep(two, step.remove(0)))).toEqual(['retainer-2']);
  });

  it('add a bracket before the last, which has no end', () => {
    const editor = withPlaces(withStep(empty, step.add('revenue_share')), SCHEME);
    const typed = {
      ...(editor.parts[0] as EditorComponent),
      brackets: [
        { upTo: '10', rate: '1' },
        { upTo: '', rate: '2' },
      ],
    };
    const three = withStep({ ...editor, parts: [typed] }, step.addBracket(0));
    expect((three.parts[0] as EditorComponent).brackets.map(({ rate }) => rate)).toEqual(['1', '', '2']);
  });

  it.each(['', 'remove:9', 'add:bonus', 'up:0', 'removeRate:x:y', 'nonsense:0'])('change nothing by "%s"', (text) => {
    const one = withStep(empty, step.add('revenue_share'));
    expect(withStep(one, text)).toEqual(one);
  });
});

describe('rules that a plan breaks', () => {
  const components = [
    { kind: 'revenue_share', id: 'a', ratesByTier: { certified: 1 }, rates: [{ category: 'books', rateBps: 1 }] },
    { kind: 'revenue_share', id: 'b', mode: 'volume', metric: 'revenue', brackets: [{ upTo: 5_000 }, { upTo: 100 }] },
  ];
  const editor = withPlaces(editorOf({ name: 'x', components }, PROGRAM_CURRENCY), SCHEME);

  it.each([
    ['/components/0/ratesByTier/certified', 'c0.t1.rate'],
    ['/components/0/rates/0/rateBps', 'c0.r0.rate'],
    ['/components/0/rates/0', 'c0.r0.category'],
    ['/components/1/brackets/1/upTo', 'c1.b1.upTo'],
    ['/components/1/amountMinor', 'c1.amount'],
    ['/components/1', 'c1'],
    ['/components', ''],
  ])('stand where %s is typed', (pointer, field) => {
    expect(fieldAt(editor, pointer)).toBe(field);
  });

  it('speak of amounts as they are typed, once a field, and of what is no number first', () => {
    const broken = [
      { pointer: '/components/0/id', rule: 'must be unique in the plan' },
      { pointer: '/components/1/brackets/1/upTo', rule: 'must be above 5000: brackets go upwards' },
      { pointer: '/components/1/brackets/1/upTo', rule: 'must be null in the last bracket' },
    ];
    expect(faultsOf(editor, { 'c0.id': 'must be a word' }, broken, format)).toEqual([
      { field: 'c0.id', words: 'This must be a word.' },
      { field: 'c1.b1.upTo', words: 'This must be above 50.00: brackets go upwards.' },
    ]);
  });
});
