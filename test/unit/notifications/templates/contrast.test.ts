import { describe, expect, it } from 'vitest';
import { DARK, LIGHT, MARK } from '#shared/adapters/mail-templates/style';

/** WCAG 2.2: relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((index) => {
    const part = Number.parseInt(hex.slice(index, index + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('the colours of a mail in the %s', (_, palette) => {
  const { page, card, box, line, text, muted, link, tones } = palette;

  it.each([text, muted, link, ...Object.values(tones)])('let text in %s be read on all that it stands on', (colour) => {
    for (const ground of [page, card, box]) expect(contrast(colour, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it('tell the done part of a bar from the rest (1.4.11)', () => {
    for (const tone of Object.values(tones)) expect(contrast(tone, line)).toBeGreaterThanOrEqual(3);
  });

  it('show the letter of the mark', () => {
    expect(contrast('#ffffff', MARK)).toBeGreaterThanOrEqual(4.5);
  });
});
