/** Crockford's base32 alphabet (https://www.crockford.com/base32.html): no I, L, O or U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS_PER_CHARACTER = 5;

/** 12 characters carry 60 random bits: above the 50 that design.md asks of a private code. */
export const GENERATED_CODE_LENGTH = 12;
export const RANDOM_BYTES_PER_CODE = Math.ceil((GENERATED_CODE_LENGTH * BITS_PER_CHARACTER) / 8);

/** The first `length` characters of `bytes` in Crockford base32, most significant bit first. */
export function toCrockford(bytes: Uint8Array, length: number): string {
  if (bytes.length * 8 < length * BITS_PER_CHARACTER) throw new RangeError('too few random bytes for the length');
  let text = '';
  let pending = 0;
  let pendingBits = 0;
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    pendingBits += 8;
    while (pendingBits >= BITS_PER_CHARACTER && text.length < length) {
      pendingBits -= BITS_PER_CHARACTER;
      text += ALPHABET[(pending >> pendingBits) & 31];
    }
    pending &= (1 << pendingBits) - 1;
  }
  return text;
}

/**
 * The form under which a code is stored and looked up: upper case, without spaces and dashes,
 * look-alikes folded as Crockford reads them (O as 0, I and L as 1). Two codes a person may confuse are one code.
 */
export function canonicalCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
}
