import { describe, expect, it } from 'vitest';
import { toEpcText } from '#shared/adapters/rails/epc-characters';

describe('a text in the EPC character set', () => {
  it.each([
    ['Bücher & Söhne', 'Bucher + Sohne'],
    ['Straße Łódź', 'Strasse Lodz'],
    ['Ærø Smørrebrød', 'AEro Smorrebrod'],
    ['Ελλάδα', 'Ellada'],
    ['България', 'Balgariya'],
    ['a_b{c}"d";e', "a-b(c)'d',e"],
    ['日本', '..'],
    ['Zoe\u0308', 'Zoe'],
    ['tab\tand\nline', 'tab and line'],
  ])('turns %s into %s', (given, expected) => {
    expect(toEpcText(given, 70)).toBe(expected);
  });

  it('begins and ends with no slash, and has no two in a row', () => {
    expect(toEpcText('//a//b/', 70)).toBe('a/b');
  });

  it('is cut to its length without a space at the end', () => {
    expect(toEpcText('abc def', 4)).toBe('abc');
  });
});
