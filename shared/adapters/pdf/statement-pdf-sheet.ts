import { MISSING, type StatementFonts } from '#shared/adapters/pdf/statement-fonts';
import {
  BOTTOM,
  FOOT,
  type Layout,
  LEADING,
  type Mark,
  PAGE,
  RIGHT,
  SMALL,
  type Style,
  WIDTH,
} from '#shared/adapters/pdf/statement-pdf-marks';
import type { StatementDocument } from '#shared/application/payouts/statements/statement-pdf-document';
import { pageWords } from '#shared/application/payouts/statements/statement-pdf-words';

/** Pages that fill from the top; a new one begins when a text no longer fits. */
export type Sheet = ReturnType<typeof makeSheet>;

export function makeSheet({ width, printable }: StatementFonts, document: StatementDocument) {
  const pages: Mark[][] = [[]];
  let y = PAGE.margin;
  let incomplete = false;
  let repeat: (() => void) | undefined;

  const clean = (text: string): string => {
    const shown = printable(text);
    if (shown !== text && shown.includes(MISSING)) incomplete = true;
    return shown;
  };
  const mark = (one: Mark): void => {
    pages.at(-1)?.push(one);
  };
  const newPage = (): void => {
    pages.push([]);
    y = PAGE.margin;
    runningHead();
    repeat?.();
  };
  const put = (text: string, { face, size, shade }: Style, x: number, baseline: number): void => {
    if (text !== '') mark({ kind: 'text', text, x, y: baseline, face, size, shade });
  };
  const putRight = (text: string, styled: Style, right: number, baseline: number): void => {
    const shown = clean(text);
    put(shown, styled, right - width(shown, styled.face, styled.size), baseline);
  };
  const wrap = (text: string, styled: Style, available: number): readonly string[] =>
    wrapped(clean(text), available, (part) => width(part, styled.face, styled.size));
  const runningHead = (): void => {
    const [name = '', more] = wrap(document.programme, SMALL, WIDTH / 2);
    put(more === undefined ? name : `${name} \u2026`, SMALL, PAGE.margin, y + 6);
    putRight(
      document.state === 'final' ? document.title : `${document.title}, ${document.stateWord.toUpperCase()}`,
      SMALL,
      RIGHT,
      y + 6,
    );
    mark({ kind: 'rule', x: PAGE.margin, y: y + 14, width: WIDTH, strong: false });
    y += 30;
  };

  return {
    mark,
    put: (text: string, styled: Style, x: number, baseline: number) => put(clean(text), styled, x, baseline),
    putRight,
    wrap,
    /** Wrapped lines, the first one below `top`. */
    stack(lines: readonly string[], styled: Style, x: number, top: number): void {
      for (const [index, line] of lines.entries())
        put(line, styled, x, top + styled.size + index * styled.size * LEADING);
    },
    at: (): number => y,
    move: (by: number): void => {
      y += by;
    },
    /** Starts a new page unless so much room is left. */
    need: (height: number): void => {
      if (y + height > BOTTOM) newPage();
    },
    /** Drawn at the top of each further page, until another is set. */
    repeatOnNewPages: (draw: (() => void) | undefined): void => {
      repeat = draw;
    },
    paragraph(text: string, styled: Style, x: number, available: number): void {
      const step = styled.size * LEADING;
      for (const line of wrap(text, styled, available)) {
        if (y + step > BOTTOM) newPage();
        put(line, styled, x, y + styled.size);
        y += step;
      }
    },
    isIncomplete: (): boolean => incomplete,
    finish(): Layout {
      for (const [index, page] of pages.entries()) {
        const text = (shown: string, x: number): void => {
          page.push({ kind: 'text', text: shown, x, y: FOOT + 10, ...SMALL });
        };
        page.push({ kind: 'rule', x: PAGE.margin, y: FOOT - 4, width: WIDTH, strong: false });
        const left = `${document.footer.statement} \u00b7 ${document.footer.digest}`;
        const [statement = ''] = wrap(left, SMALL, WIDTH - 90);
        text(statement, PAGE.margin);
        const number = pageWords(index + 1, pages.length);
        text(number, RIGHT - width(number, SMALL.face, SMALL.size));
      }
      return { pages, incomplete };
    },
  };
}

/** Breaks at spaces, and inside a word only where the word alone is too wide. An empty text has no line. */
export function wrapped(text: string, available: number, width: (part: string) => number): readonly string[] {
  if (text === '') return [];
  if (width(text) <= available) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (width(longer) <= available) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const character of word) {
      if (line !== '' && width(line + character) > available) {
        lines.push(line);
        line = '';
      }
      line += character;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}
