import type { Face, StatementFonts } from '#shared/adapters/pdf/statement-fonts';
import type { DocumentRow, StatementDocument } from '#shared/application/payouts/statement-pdf-document';
import { pageWords, WORDS } from '#shared/application/payouts/statement-pdf-words';

/** Where each text of a statement stands: lengths in points from the top left, A4 upright. */

export const PAGE = { width: 595.28, height: 841.89, margin: 48 } as const;
const RIGHT = PAGE.width - PAGE.margin;
const WIDTH = RIGHT - PAGE.margin;
const FOOT = PAGE.height - 44;
/** Nothing but the foot stands below. */
const BOTTOM = FOOT - 16;

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

type Style = { readonly face: Face; readonly size: number; readonly shade: Shade };
const style = (size: number, shade: Shade = 'ink', face: Face = 'regular'): Style => ({ size, shade, face });
const BODY = style(8.5);
const STRONG = style(8.5, 'ink', 'strong');
const SMALL = style(7.5, 'muted');
const HEAD = style(7.5, 'muted', 'strong');
const LEADING = 1.32;

/** Columns of the lines: amounts end at `right`. */
const COLUMNS = {
  what: { x: PAGE.margin, width: 142 },
  reference: { x: PAGE.margin + 152, width: 138 },
  base: { right: PAGE.margin + 372 },
  rate: { right: PAGE.margin + 418 },
  amount: { right: RIGHT },
} as const;
const CALCULATION_WIDTH = RIGHT - COLUMNS.reference.x;

export type Layout = {
  readonly pages: readonly PageMarks[];
  /** Some character had no shape and is shown as a box. */
  readonly incomplete: boolean;
};

/** Lays a statement out page by page. The same document gives the same marks. */
export function layOutStatement(document: StatementDocument, fonts: StatementFonts): Layout {
  const sheet = makeSheet(fonts, document);
  drawHead(sheet, document);
  drawSummary(sheet, document);
  if (document.sections.length === 0) {
    sheet.move(18);
    sheet.paragraph(WORDS.noLines, SMALL, PAGE.margin, WIDTH);
  }
  for (const section of document.sections) drawSection(sheet, section);
  drawProof(sheet, document);
  return sheet.finish();
}

type Sheet = ReturnType<typeof makeSheet>;

function makeSheet({ width, printable }: StatementFonts, document: StatementDocument) {
  const pages: Mark[][] = [[]];
  let y = PAGE.margin;
  let incomplete = false;
  let repeat: (() => void) | undefined;

  const clean = (text: string): string => {
    const shown = printable(text);
    if (shown !== text && shown.includes('\u25a1')) incomplete = true;
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

function drawHead(sheet: Sheet, document: StatementDocument): void {
  if (document.stateNote !== '') {
    const top = sheet.at() - 14;
    const note = sheet.wrap(document.stateNote, style(9, 'inverse', 'strong'), WIDTH - 24);
    const height = 12 + note.length * 12;
    sheet.mark({ kind: 'panel', x: PAGE.margin, y: top, width: WIDTH, height, shade: 'warning' });
    for (const [index, line] of note.entries())
      sheet.put(line, style(9, 'inverse', 'strong'), PAGE.margin + 12, top + 15 + index * 12);
    sheet.move(height + 4);
  }
  sheet.put(document.title.toUpperCase(), style(8, 'accent', 'strong'), PAGE.margin, sheet.at() + 8);
  sheet.putRight(
    document.stateWord,
    style(8, document.state === 'final' ? 'accent' : 'warning', 'strong'),
    RIGHT,
    sheet.at() + 8,
  );
  sheet.move(18);
  for (const line of sheet.wrap(document.programme, style(20, 'ink', 'strong'), WIDTH)) {
    sheet.put(line, style(20, 'ink', 'strong'), PAGE.margin, sheet.at() + 18);
    sheet.move(25);
  }
  sheet.move(12);
  const top = sheet.at();
  const column = WIDTH / 2 - 12;
  sheet.put(document.partner.label, SMALL, PAGE.margin, top + 8);
  sheet.move(13);
  sheet.paragraph(document.partner.value, style(12, 'ink', 'strong'), PAGE.margin, column);
  sheet.move(6);
  for (const { label, value } of document.facts) {
    const at = sheet.at();
    sheet.put(label, SMALL, PAGE.margin, at + 8);
    sheet.paragraph(value, BODY, PAGE.margin + 62, column - 62);
    sheet.move(2.5);
  }
  const end = drawPayable(sheet, document, top);
  sheet.move(Math.max(0, end - sheet.at()) + 22);
}

/** The amount that the reader came for. Answers where its panel ends. */
function drawPayable(sheet: Sheet, { payable }: StatementDocument, top: number): number {
  const x = PAGE.margin + WIDTH / 2 + 12;
  const inner = WIDTH / 2 - 12 - 32;
  const note = sheet.wrap(payable.note, SMALL, inner);
  const size =
    [26, 22, 18, 14, 11].find((one) => sheet.wrap(payable.amount, style(one, 'ink', 'strong'), inner).length < 2) ?? 9;
  const height = 66 + note.length * 10 + (note.length > 0 ? 6 : 0);
  sheet.mark({ kind: 'panel', x, y: top, width: WIDTH / 2 - 12, height, shade: 'pale' });
  sheet.put(payable.label, style(8, 'muted', 'strong'), x + 16, top + 22);
  sheet.put(payable.amount, style(size, 'ink', 'strong'), x + 16, top + 50);
  for (const [index, line] of note.entries()) sheet.put(line, SMALL, x + 16, top + 70 + index * 10);
  return top + height;
}

function drawSummary(sheet: Sheet, { summary, facts }: StatementDocument): void {
  const currency = facts.find(({ label }) => label === WORDS.currency)?.value ?? '';
  sheet.put(WORDS.summary, style(11, 'ink', 'strong'), PAGE.margin, sheet.at() + 10);
  sheet.putRight(`${WORDS.columns.amount} ${currency}`, HEAD, RIGHT, sheet.at() + 10);
  sheet.move(17);
  sheet.mark({ kind: 'rule', x: PAGE.margin, y: sheet.at(), width: WIDTH, strong: true });
  sheet.move(4);
  for (const [index, { label, amount, weight }] of summary.entries()) {
    const styled = weight === 'part' ? SMALL : weight === 'total' ? STRONG : BODY;
    if (weight === 'total' && summary[index - 1]?.weight !== 'total') {
      sheet.mark({ kind: 'rule', x: PAGE.margin, y: sheet.at() + 2, width: WIDTH, strong: false });
      sheet.move(5);
    }
    sheet.need(14);
    sheet.put(label, styled, PAGE.margin + (weight === 'part' ? 12 : 0), sheet.at() + 9);
    sheet.putRight(amount, styled, weight === 'part' ? RIGHT - 86 : RIGHT, sheet.at() + 9);
    sheet.move(weight === 'part' ? 12 : 14);
  }
}

function drawSection(sheet: Sheet, section: StatementDocument['sections'][number]): void {
  const head = (title: string): void => {
    sheet.put(title, style(11, 'ink', 'strong'), PAGE.margin, sheet.at() + 10);
    sheet.move(19);
    const { what, reference, base, rate, amount } = WORDS.columns;
    const baseline = sheet.at() + 8;
    sheet.put(what, HEAD, COLUMNS.what.x, baseline);
    sheet.put(reference, HEAD, COLUMNS.reference.x, baseline);
    if (section.rows.some((row) => row.base !== '')) sheet.putRight(base, HEAD, COLUMNS.base.right, baseline);
    if (section.rows.some((row) => row.rate !== '')) sheet.putRight(rate, HEAD, COLUMNS.rate.right, baseline);
    sheet.putRight(amount, HEAD, COLUMNS.amount.right, baseline);
    sheet.move(13);
    sheet.mark({ kind: 'rule', x: PAGE.margin, y: sheet.at(), width: WIDTH, strong: true });
    sheet.move(4);
  };
  sheet.move(22);
  sheet.need(100);
  head(section.title);
  sheet.repeatOnNewPages(() => head(`${section.title}, ${WORDS.continued}`));
  for (const row of section.rows) drawRow(sheet, row);
  sheet.need(8 + section.subtotals.length * 14);
  sheet.move(3);
  for (const { label, amount } of section.subtotals) {
    sheet.put(label, STRONG, PAGE.margin, sheet.at() + 9);
    sheet.putRight(amount, STRONG, RIGHT, sheet.at() + 9);
    sheet.move(14);
  }
  sheet.repeatOnNewPages(undefined);
}

const ROW_STEP = BODY.size * LEADING;
const SMALL_STEP = SMALL.size * LEADING;

function drawRow(sheet: Sheet, row: DocumentRow): void {
  const what = sheet.wrap(row.what, BODY, COLUMNS.what.width);
  const detail = sheet.wrap(row.detail, SMALL, COLUMNS.what.width);
  const reference = sheet.wrap(row.reference, BODY, COLUMNS.reference.width);
  const calculation = sheet.wrap(row.calculation, SMALL, CALCULATION_WIDTH);
  const left = what.length * ROW_STEP + detail.length * SMALL_STEP;
  const right = reference.length * ROW_STEP;
  // A long calculation may go on on the next page; the rest of a row stays together.
  sheet.need(Math.max(left, right + SMALL_STEP) + 6);
  const top = sheet.at() + 2;
  sheet.stack(what, BODY, COLUMNS.what.x, top);
  sheet.stack(detail, SMALL, COLUMNS.what.x, top + what.length * ROW_STEP);
  sheet.stack(reference, BODY, COLUMNS.reference.x, top);
  sheet.putRight(row.base, BODY, COLUMNS.base.right, top + BODY.size);
  sheet.putRight(row.rate, BODY, COLUMNS.rate.right, top + BODY.size);
  sheet.putRight(row.amount, BODY, COLUMNS.amount.right, top + BODY.size);
  sheet.move(2 + right);
  for (const line of calculation) {
    sheet.need(SMALL_STEP + 4);
    sheet.stack([line], SMALL, COLUMNS.reference.x, sheet.at());
    sheet.move(SMALL_STEP);
  }
  sheet.move(Math.max(0, left - right - calculation.length * SMALL_STEP) + 3);
  sheet.mark({ kind: 'rule', x: PAGE.margin, y: sheet.at(), width: WIDTH, strong: false });
}

function drawProof(sheet: Sheet, { proof }: StatementDocument): void {
  sheet.move(26);
  sheet.need(96);
  sheet.put(proof.title, STRONG, PAGE.margin, sheet.at() + 9);
  sheet.move(14);
  sheet.paragraph(proof.text, SMALL, PAGE.margin, WIDTH);
  sheet.move(4);
  sheet.put(proof.digest.label, SMALL, PAGE.margin, sheet.at() + 8);
  sheet.paragraph(proof.digest.value, BODY, PAGE.margin + 72, WIDTH - 72);
  if (sheet.isIncomplete()) {
    sheet.move(6);
    sheet.paragraph(WORDS.unprintable, SMALL, PAGE.margin, WIDTH);
  }
}
