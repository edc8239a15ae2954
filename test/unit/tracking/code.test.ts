import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalCode, GENERATED_CODE_LENGTH, RANDOM_BYTES_PER_CODE, toCrockford } from '#shared/domain/tracking/code';

describe('codes', () => {
  it('carry at least 50 random bits', () => {
    expect(GENERATED_CODE_LENGTH * 5).toBeGreaterThanOrEqual(50);
    expect(RANDOM_BYTES_PER_CODE * 8).toBeGreaterThanOrEqual(GENERATED_CODE_LENGTH * 5);
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

  it('that were made here keep their form when read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
        const code = toCrockford(bytes, GENERATED_CODE_LENGTH);
        expect(canonicalCode(code.toLowerCase())).toBe(code);
      }),
    );
  });
});
