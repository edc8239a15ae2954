import { create, type Font, type GlyphRun } from 'fontkit';

/** A font file's bytes: TrueType with Latin, Greek and Cyrillic, and figures of one width. */
export type FontFiles = { readonly regular: Uint8Array; readonly strong: Uint8Array };
export type Face = 'regular' | 'strong';

export type StatementFonts = {
  readonly fonts: Readonly<Record<Face, Font>>;
  /** Width of a text in points. */
  readonly width: (text: string, face: Face, size: number) => number;
  /** The text as it can be printed: characters without a shape become `MISSING`. */
  readonly printable: (text: string) => string;
};

/** Stands for a character that the font has no shape for, e.g. of Chinese or Arabic. */
export const MISSING = '\u25a1';
/** Joiners, direction marks and variation selectors: they have no shape of their own. */
const INVISIBLE = /\p{Cf}|[\ufe00-\ufe0f]/gu;

/** Figures, ids and amounts: no ligature or kerning concerns them, and shaping each took most of the time of a long statement. */
const NEEDS_NO_SHAPING = /^[ -~\u2212]*\d[ -~\u2212]*$/;

/** Reads the fonts once an instance; parsing them takes some milliseconds. */
export function readStatementFonts(files: FontFiles): StatementFonts {
  const fonts = {
    regular: withoutShapingFigures(open(files.regular)),
    strong: withoutShapingFigures(open(files.strong)),
  };
  const advances: Readonly<Record<Face, Map<number, number>>> = { regular: new Map(), strong: new Map() };
  const advance = (codePoint: number, face: Face): number => {
    const known = advances[face].get(codePoint);
    if (known !== undefined) return known;
    const width = fonts[face].glyphForCodePoint(codePoint).advanceWidth / fonts[face].unitsPerEm;
    advances[face].set(codePoint, width);
    return width;
  };
  const hasShape = (character: string): boolean => {
    const codePoint = character.codePointAt(0) ?? 0;
    return fonts.regular.hasGlyphForCodePoint(codePoint) && fonts.strong.hasGlyphForCodePoint(codePoint);
  };
  return {
    fonts,
    width: (text, face, size) => {
      let ems = 0;
      for (const character of text) ems += advance(character.codePointAt(0) ?? 0, face);
      return ems * size;
    },
    printable: (text) => {
      if (/^[ -~]*$/.test(text)) return text;
      const shown = text
        .normalize('NFC')
        .replaceAll(/[\s\p{Cc}]+/gu, ' ')
        .replaceAll(INVISIBLE, '');
      return Array.from(shown, (character) => (hasShape(character) ? character : MISSING)).join('');
    },
  };
}

function open(bytes: Uint8Array): Font {
  const font = create(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if ('layout' in font) return font;
  throw new Error('a font collection was given where one font is needed');
}

function withoutShapingFigures(font: Font): Font {
  const shape = font.layout.bind(font);
  font.layout = (text: string, ...rest: never[]): GlyphRun =>
    rest[0] === undefined && NEEDS_NO_SHAPING.test(text) ? unshaped(font, text) : shape(text, ...rest);
  return font;
}

/** What the PDF library reads of a run: one glyph a character, each by its own width. */
function unshaped(font: Font, text: string): GlyphRun {
  const glyphs = Array.from(text, (character) => font.glyphForCodePoint(character.codePointAt(0) ?? 0));
  const positions = glyphs.map(({ advanceWidth }) => ({ xAdvance: advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0 }));
  const advanceWidth = glyphs.reduce((sum, glyph) => sum + glyph.advanceWidth, 0);
  return { glyphs, positions, advanceWidth } as unknown as GlyphRun;
}
