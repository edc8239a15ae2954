import { encode as encodePng } from 'fast-png';
import { encode } from 'uqr';

export type QrErrorCorrection = 'L' | 'M' | 'Q' | 'H';

type QrOptions = { readonly sizePixels: number; readonly errorCorrection: QrErrorCorrection };

/** Light modules around the symbol, which a reader needs to find it: ISO/IEC 18004, clause 9.1. */
const QUIET_ZONE_MODULES = 4;
const BITS_PER_BYTE = 8;

/** The symbol as SVG: one black path on white, in modules, scaled to the size. */
export function qrSvg(text: string, { sizePixels, errorCorrection }: QrOptions): string {
  const { size, isDark } = symbol(text, errorCorrection);
  const rows = Array.from({ length: size }, (_, y) =>
    darkRuns(size, (x) => isDark(x, y)).map(([x, n]) => `M${x} ${y}h${n}v1h-${n}z`),
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${sizePixels}" height="${sizePixels}" viewBox="0 0 ${size} ${size}" ` +
    `shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}h-${size}z"/>` +
    `<path fill="#000" d="${rows.flat().join('')}"/></svg>`
  );
}

/**
 * The symbol as PNG of exactly the size asked for, one bit a pixel. Every module has the same whole number of pixels, so that
 * edges stay sharp; what is left over widens the quiet zone.
 */
export function qrPng(text: string, { sizePixels, errorCorrection }: QrOptions): Uint8Array {
  const { size, isDark } = symbol(text, errorCorrection);
  const pixelsPerModule = Math.floor(sizePixels / size);
  if (pixelsPerModule < 1) throw new RangeError('too few pixels for the symbol');
  const margin = Math.floor((sizePixels - size * pixelsPerModule) / 2);
  const bytesPerRow = Math.ceil(sizePixels / BITS_PER_BYTE);
  const data = new Uint8Array(bytesPerRow * sizePixels).fill(0xff);
  const moduleAt = (pixel: number): number => Math.floor((pixel - margin) / pixelsPerModule);
  for (let y = 0; y < sizePixels; y += 1) {
    for (let x = 0; x < sizePixels; x += 1) {
      if (!isDark(moduleAt(x), moduleAt(y))) continue;
      const at = y * bytesPerRow + Math.floor(x / BITS_PER_BYTE);
      data[at] = (data[at] ?? 0) & ~(0x80 >> (x % BITS_PER_BYTE));
    }
  }
  return encodePng({ width: sizePixels, height: sizePixels, data, depth: 1, channels: 1 });
}

/** Width in modules with the quiet zone, and which of them are dark; outside there is light. */
function symbol(text: string, ecc: QrErrorCorrection): { size: number; isDark: (x: number, y: number) => boolean } {
  const { size, data } = encode(text, { ecc, border: QUIET_ZONE_MODULES });
  return { size, isDark: (x, y) => data[y]?.[x] === true };
}

/** Where dark modules of a row begin and how many follow: a tenth of a rectangle each. */
function darkRuns(size: number, isDark: (x: number) => boolean): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (let x = 0; x < size; x += 1) {
    const last = runs.at(-1);
    if (!isDark(x)) continue;
    if (last && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  }
  return runs;
}
