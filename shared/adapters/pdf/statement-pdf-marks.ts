import type { Face } from '#shared/adapters/pdf/statement-fonts';

/** Where each text of a statement stands: lengths in points from the top left, A4 upright. */

export const PAGE = { width: 595.28, height: 841.89, margin: 48 } as const;
export const RIGHT = PAGE.width - PAGE.margin;
export const WIDTH = RIGHT - PAGE.margin;
export const FOOT = PAGE.height - 44;
/** Nothing but the foot stands below. */
export const BOTTOM = FOOT - 16;

export type Shade = 'ink' | 'muted' | 'accent' | 'warning' | 'inverse';
export type TextMark = {
  readonly kind: 'text';
  readonly text: string;
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
  readonly face: Face;
  readonly size: number;
  readonly shade: Shade;
};
export type Mark =
  | TextMark
  | { readonly kind: 'rule'; readonly x: number; readonly y: number; readonly width: number; readonly strong: boolean }
  | {
      readonly kind: 'panel';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly shade: 'pale' | 'warning' | 'accent';
    };
export type PageMarks = readonly Mark[];

export type Style = { readonly face: Face; readonly size: number; readonly shade: Shade };
export const style = (size: number, shade: Shade = 'ink', face: Face = 'regular'): Style => ({ size, shade, face });
export const BODY = style(8.5);
export const STRONG = style(8.5, 'ink', 'strong');
export const SMALL = style(7.5, 'muted');
export const HEAD = style(7.5, 'muted', 'strong');
export const LEADING = 1.32;

export type Layout = {
  readonly pages: readonly PageMarks[];
  /** Some character had no shape and is shown as a box. */
  readonly incomplete: boolean;
};
