import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalCode,
  GENERATED_CODE_LENGTH,
  generateCode,
  hasGeneratedForm,
  isMistyped,
  RANDOM_BITS_PER_CODE,
  RANDOM_BYTES_PER_CODE,
  toCrockford,
} from '#shared/domain/tracking/code';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const randomBytes = fc.uint8Array({ minLength: RANDOM_BYTES_PER_CODE, maxLength: RANDOM_BYTES_PER_CODE });

describe('codes', () => {
  it('carry at least 50 random bits', () => {
    expect(RANDOM_BITS_PER_CODE).toBeGreaterThanOrEqual(50);
    expect(RANDOM_BYTES_PER_CODE * 8).toBeGreaterThanOrEqual(RANDOM_BITS_PER_CODE);
  });

  it('are made of their bits alone, five a character', () => {
    expect(toCrockford(Uint8Array.of(0, 0, 0, 0, 0), 8)).toBe('00000000');
    expect(toCrockford(Uint8Array.of(255, 255, 255, 255, 255), 8)).toBe('ZZZZZZZZ');
    expect(toCrockford(Uint8Array.of(0b00001_000, 0b10_00011_0, 0b0100_0010), 4)).toBe('1234');
    expect(() => toCrockford(Uint8Array.of(1), 2)).toThrow(RangeError);
  });

  it('differ when their bits differ', () => {
    const bytes = fc.uint8Array({ minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(toCrockford(a, 8) === toCrockford(b, 8)).toBe(Buffer.from(a).equals(Buffer.from(b)));
      }),
    );
  });

  it('are read as people write them', () => {
    expect(canonicalCode(' tally-10 ')).toBe('TA11Y10');
    expect(canonicalCode('OIL')).toBe('011');
    expect(canonicalCode('save\u00a0me')).toBe('SAVEME');
  });

  it('are shown in four groups of Crockford characters, and keep their form when read', () => {
    fc.assert(
      fc.property(randomBytes, (bytes) => {
        const code = generateCode(bytes);
        expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
        const canonical = canonicalCode(code.toLowerCase());
        expect(canonical).toBe(code.replaceAll('-', ''));
        expect([hasGeneratedForm(canonical), isMistyped(canonical)]).toEqual([true, false]);
      }),
    );
  });

  it('keep their check character for ever: codes that were printed must stay good', () => {
    const all = [new Uint8Array(10), Uint8Array.from({ length: 10 }, (_, index) => index * 25 + 1)].map(generateCode);
    expect(all).toEqual(['0000-0000-0000-0000', '04D3-6K35-FTBV-1JF8']);
  });
});

describe('the check character', () => {
  const aCanonicalCode = randomBytes.map((bytes) => canonicalCode(generateCode(bytes)));
  const aPlace = fc.nat({ max: GENERATED_CODE_LENGTH - 1 });

  it('finds every single wrong character', () => {
    fc.assert(
      fc.property(aCanonicalCode, aPlace, fc.constantFrom(...ALPHABET), (code, place, other) => {
        fc.pre(code[place] !== other);
        expect(isMistyped(code.slice(0, place) + other + code.slice(place + 1))).toBe(true);
      }),
    );
  });

  it('finds every swap, of neighbours and of any two', () => {
    fc.assert(
      fc.property(aCanonicalCode, aPlace, aPlace, (code, a, b) => {
        const characters = [...code];
        [characters[a], characters[b]] = [code[b] as string, code[a] as string];
        expect(isMistyped(characters.join(''))).toBe(code[a] !== code[b]);
      }),
    );
  });

  it.each(['TA11Y10', 'K7M29QRTX4H8', '0123456789ABCDEU', '0123456789ABCDEFG'])(
    'says nothing of %s, which was not made with one',
    (canonical) => {
      expect([hasGeneratedForm(canonical), isMistyped(canonical)]).toEqual([false, false]);
    },
  );
});
