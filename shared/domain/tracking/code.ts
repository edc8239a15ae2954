/** Crockford's base32 alphabet (https://www.crockford.com/base32.html): no I, L, O or U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS_PER_CHARACTER = 5;

/** 15 characters carry 75 random bits, above the 50 that design.md asks of a private code; the 16th checks them. */
const RANDOM_CHARACTERS = 15;
export const GENERATED_CODE_LENGTH = RANDOM_CHARACTERS + 1;
export const RANDOM_BITS_PER_CODE = RANDOM_CHARACTERS * BITS_PER_CHARACTER;
export const RANDOM_BYTES_PER_CODE = Math.ceil(RANDOM_BITS_PER_CODE / 8);
/** Four groups of four, as people know them from vouchers and cards. */
const GROUP_LENGTH = 4;

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

/** A new code out of random bytes, as it is shown: `XXXX-XXXX-XXXX-XXXX`, the last character being the check. */
export function generateCode(bytes: Uint8Array): string {
  const body = toCrockford(bytes, RANDOM_CHARACTERS);
  const code = body + checkCharacter(body);
  return Array.from({ length: code.length / GROUP_LENGTH }, (_, group) =>
    code.slice(group * GROUP_LENGTH, (group + 1) * GROUP_LENGTH),
  ).join('-');
}

/** Whether a canonical code looks like one of those made here; what people choose may not. */
export function hasGeneratedForm(canonical: string): boolean {
  return (
    canonical.length === GENERATED_CODE_LENGTH && [...canonical].every((character) => ALPHABET.includes(character))
  );
}

/**
 * Whether a canonical code cannot exist because its check character contradicts the rest: known without reading anything.
 * Finds every single wrong character and every swap of two. Codes without a check character, made earlier or chosen by people,
 * have another form and are never called mistyped.
 */
export function isMistyped(canonical: string): boolean {
  return hasGeneratedForm(canonical) && checkCharacter(canonical.slice(0, -1)) !== canonical.at(-1);
}

/** x^5 + x^2 + 1, primitive: its powers give 31 different weights. */
const FIELD_POLYNOMIAL = 0b100101;

/**
 * A weighted sum in the field of 32 elements, each place weighted by another power of x: a wrong character adds a product of
 * two non-zero elements, a swap the product of two differences, neither of which is zero. Crockford's own check is modulo 37
 * and needs five more signs (`*~$=U`), which people cannot name and addresses escape.
 */
function checkCharacter(body: string): string {
  let element = 0;
  for (const character of body) {
    element = (element ^ ALPHABET.indexOf(character)) << 1;
    if (element >= ALPHABET.length) element ^= FIELD_POLYNOMIAL;
  }
  return ALPHABET.charAt(element);
}
