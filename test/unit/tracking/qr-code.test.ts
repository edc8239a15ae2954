import { decode } from 'fast-png';
import jsqr from 'jsqr';
import { describe, expect, it } from 'vitest';
import { qrPng, qrSvg } from '#shared/adapters/qr-code';

const URL_OF_LINK = 'https://go.partners.example/r/spring-sale-with-the-longest-slug-of-40';
const read = jsqr as unknown as typeof jsqr.default;

/** What a camera would make of the picture. */
function scan(isDark: (x: number, y: number) => boolean, size: number): string | undefined {
  const pixels = new Uint8ClampedArray(size * size * 4).fill(255);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) if (isDark(x, y)) pixels.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3);
  }
  return read(pixels, size, size)?.data;
}

describe('a QR code', () => {
  it.each([
    [128, 'L'],
    [300, 'M'],
    [512, 'Q'],
    [777, 'H'],
    [2_048, 'M'],
  ] as const)('as PNG of %i pixels with correction %s leads to the link', (sizePixels, errorCorrection) => {
    const bytes = qrPng(URL_OF_LINK, { sizePixels, errorCorrection });
    const { width, height, data, depth } = decode(bytes);
    expect([width, height, depth]).toEqual([sizePixels, sizePixels, 1]);
    const rowBytes = Math.ceil(sizePixels / 8);
    const isDark = (x: number, y: number): boolean => ((data[y * rowBytes + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) === 0;
    expect(scan(isDark, sizePixels)).toBe(URL_OF_LINK);
    expect(bytes.length).toBeLessThan(10_000);
  });

  it('as SVG leads to the link, with four light modules around it', () => {
    const svg = qrSvg(URL_OF_LINK, { sizePixels: 512, errorCorrection: 'M' });
    const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
    const dark = new Set<string>();
    for (const [, x, y, run] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
      for (let at = 0; at < Number(run); at += 1) dark.add(`${Number(x) + at} ${y}`);
    }
    expect(svg).toContain('width="512" height="512"');
    const places = [...dark].flatMap((place) => place.split(' ').map(Number));
    expect([Math.min(...places), Math.max(...places)]).toEqual([4, size - 5]);
    const scale = 6;
    const isDark = (x: number, y: number): boolean => dark.has(`${Math.floor(x / scale)} ${Math.floor(y / scale)}`);
    expect(scan(isDark, size * scale)).toBe(URL_OF_LINK);
  });

  it('takes a longer address with stronger correction at the smallest size, or says that it does not fit', () => {
    const long = `https://go.partners.example/c/${'X'.repeat(60)}`;
    const bytes = qrPng(long, { sizePixels: 128, errorCorrection: 'H' });
    expect(decode(bytes).width).toBe(128);
    expect(() => qrPng('x'.repeat(2_000), { sizePixels: 128, errorCorrection: 'L' })).toThrow('too few pixels');
  });
});
