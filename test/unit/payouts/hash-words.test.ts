import { entropyToMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashWords } from '#shared/adapters/hash-words';

const aHash = fc.stringMatching(/^[0-9a-f]{64}$/);

describe('the words of a hash', () => {
  it('are the first eight that BIP-39 has for the same bits', () => {
    fc.assert(
      fc.property(aHash, (hash) => {
        const words = entropyToMnemonic(Buffer.from(hash, 'hex'), wordlist).split(' ');
        expect(hashWords(hash)).toBe(words.slice(0, 8).join(' '));
      }),
    );
  });

  it('are the same whenever they are asked, and others for another beginning', () => {
    expect(hashWords('0'.repeat(64))).toBe('abandon abandon abandon abandon abandon abandon abandon abandon');
    expect(hashWords(`${'0'.repeat(21)}1${'0'.repeat(42)}`)).toBe(`${'abandon '.repeat(7)}ability`);
  });

  it.each(['', 'f'.repeat(63), 'F'.repeat(64), 'g'.repeat(64)])('are refused of %j', (text) => {
    expect(() => hashWords(text)).toThrow(RangeError);
  });
});
