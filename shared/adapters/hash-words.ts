import { wordlist } from '@scure/bip39/wordlists/english.js';

const WORDS = 8;
/** 2,048 words: each stands for so many bits. */
const BITS_A_WORD = 11n;
const HASH_BITS = 256n;

/**
 * A SHA-256 in eight English words (BIP-39's list: no two share their first four letters), so that two people can compare it on the
 * phone. They are its first 88 bits: enough that nobody makes another content with the same words, but the hash itself is what is
 * approved.
 * @throws RangeError for a text that is no SHA-256 in lower-case hex
 */
export function hashWords(hash: string): string {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new RangeError('only a SHA-256 in lower-case hex has words');
  const bits = BigInt(`0x${hash}`);
  const words = Array.from({ length: WORDS }, (_, index) => {
    const place = Number((bits >> (HASH_BITS - BITS_A_WORD * BigInt(index + 1))) & ((1n << BITS_A_WORD) - 1n));
    return wordlist[place] ?? '';
  });
  return words.join(' ');
}
