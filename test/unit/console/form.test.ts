import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FieldProblem, formOf, readForm } from '#functions/console/web/form';
import { fromDecimal, toDecimal } from '#shared/domain/money/minor-units';

const form = (fields: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return formOf(data);
};

describe('a form of the console', () => {
  it('reads an amount exactly as it is written, with either separator, in any currency', () => {
    const amounts = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
    const currencies = fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF');
    fc.assert(
      fc.property(amounts, currencies, fc.boolean(), (minor, currency, hasComma) => {
        const written = toDecimal(minor, currency);
        const read = form({ amount: hasComma ? written.replace('.', ',') : written }).minor('amount', currency);
        expect(BigInt(read)).toBe(minor);
      }),
    );
  });

  it('agrees with the decimals of files that the domain reads', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
        const written = `${whole}.${String(cents).padStart(2, '0')}`;
        expect(BigInt(form({ amount: written }).minor('amount', 'GBP'))).toBe(fromDecimal(written, 'GBP'));
      }),
    );
  });

  it.each(['1,234', '1.234', '1.2345', '1,234.50', '12e3', 'twelve', '--5', '1..2', '.5', '9999999999999999'])(
    'refuses %s as an amount in pounds, instead of guessing',
    (amount) => {
      expect(() => form({ amount }).minor('amount', 'GBP')).toThrow(FieldProblem);
    },
  );

  it('takes spaces between thousands, as some people write them', () => {
    expect(form({ amount: '1 234,50' }).minor('amount', 'EUR')).toBe(123_450);
  });

  it.each([
    ['12.5', 1250],
    ['12,5 %', 1250],
    ['0.01', 1],
    ['100', 10_000],
  ])('reads %s per cent as %i basis points', (written, bps) => {
    expect(form({ rate: written }).bps('rate')).toBe(bps);
  });

  it('reads a form of very many fields, or of a very long one, in no more time than their length asks for', async () => {
    const fields = Array.from({ length: 40_000 }, (_, at) => `f${at}=1`).join('&');
    const began = performance.now();
    const { values } = await readForm(undefined, new TextEncoder().encode(fields));
    expect(Object.keys(values)).toHaveLength(40_000);
    expect(() => form({ rate: `1${' '.repeat(100_000)}1x` }).bps('rate')).toThrow(FieldProblem);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('refuses a rate finer than a basis point', () => {
    expect(() => form({ rate: '12.345' }).bps('rate')).toThrow(/at most 2 decimals/);
  });

  it('takes what was left empty as not given, and says which field must be filled in', () => {
    const empty = form({ name: '   ' });
    expect(empty.optional('name')).toBeUndefined();
    expect(empty.optionalMinor('amount', 'EUR')).toBeUndefined();
    expect(() => empty.text('name')).toThrow(new FieldProblem('name', 'must be filled in'));
  });

  it('keeps what was entered, to show it again, but no secret', () => {
    expect(form({ name: ' Anna ', clientSecret: 'x', secret: 'y' }).values).toEqual({ name: ['Anna'] });
  });

  it('reads a file and fields that were sent together', async () => {
    const data = new FormData();
    data.set('note', 'March');
    data.set('report', new File(['<xml/>'], 'camt.xml', { type: 'application/xml' }));
    const sent = new Response(data);
    const read = await readForm(
      sent.headers.get('content-type') ?? undefined,
      new Uint8Array(await sent.arrayBuffer()),
    );
    expect(read.text('note')).toBe('March');
    const file = await read.file('report');
    expect(file?.name).toBe('camt.xml');
    expect(new TextDecoder().decode(file?.bytes)).toBe('<xml/>');
  });

  it('reads nothing from a body of another kind', async () => {
    const read = await readForm('application/json', new TextEncoder().encode('{"name":"Anna"}'));
    expect(read.values).toEqual({});
  });
});
