import {
  BODY,
  HEAD,
  LEADING,
  PAGE,
  RIGHT,
  SMALL,
  STRONG,
  style,
  WIDTH,
} from '#shared/adapters/pdf/statement-pdf-marks';
import type { Sheet } from '#shared/adapters/pdf/statement-pdf-sheet';
import type { DocumentRow, StatementDocument } from '#shared/application/payouts/statements/statement-pdf-document';
import { WORDS } from '#shared/application/payouts/statements/statement-pdf-words';

/** Columns of the lines: amounts end at `right`. */
const COLUMNS = {
  date: { x: PAGE.margin },
  what: { x: PAGE.margin + 54, width: 112 },
  reference: { x: PAGE.margin + 176, width: 134 },
  base: { right: PAGE.margin + 372 },
  rate: { right: PAGE.margin + 418 },
  amount: { right: RIGHT },
} as const;
const CALCULATION_WIDTH = RIGHT - COLUMNS.reference.x;

/** A section of lines with its heads, which stand on each of its pages, and its subtotals. */
export function drawSection(sheet: Sheet, section: StatementDocument['sections'][number]): void {
  const head = (title: string): void => {
    sheet.put(title, style(11, 'ink', 'strong'), PAGE.margin, sheet.at() + 10);
    sheet.move(19);
    const { date, what, reference, base, rate, amount } = WORDS.columns;
    const baseline = sheet.at() + 8;
    if (section.rows.some((row) => row.date !== '')) sheet.put(date, HEAD, COLUMNS.date.x, baseline);
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
/** A line that comes to nothing stands back behind those that are paid. */
const LIGHT = style(BODY.size, 'muted');
const SMALL_STEP = SMALL.size * LEADING;

function drawRow(sheet: Sheet, row: DocumentRow): void {
  const body = row.isLight ? LIGHT : BODY;
  const what = sheet.wrap(row.what, body, COLUMNS.what.width);
  const detail = sheet.wrap(row.detail, SMALL, COLUMNS.what.width);
  const reference = sheet.wrap(row.reference, body, COLUMNS.reference.width);
  const calculation = sheet.wrap(row.calculation, SMALL, CALCULATION_WIDTH);
  const left = what.length * ROW_STEP + detail.length * SMALL_STEP;
  const right = reference.length * ROW_STEP;
  // A long calculation may go on on the next page; the rest of a row stays together.
  sheet.need(Math.max(left, right + SMALL_STEP) + 6);
  const top = sheet.at() + 2;
  sheet.put(row.date, body, COLUMNS.date.x, top + BODY.size);
  sheet.stack(what, body, COLUMNS.what.x, top);
  sheet.stack(detail, SMALL, COLUMNS.what.x, top + what.length * ROW_STEP);
  sheet.stack(reference, body, COLUMNS.reference.x, top);
  sheet.putRight(row.base, body, COLUMNS.base.right, top + BODY.size);
  sheet.putRight(row.rate, body, COLUMNS.rate.right, top + BODY.size);
  sheet.putRight(row.amount, body, COLUMNS.amount.right, top + BODY.size);
  sheet.move(2 + right);
  for (const line of calculation) {
    sheet.need(SMALL_STEP + 4);
    sheet.stack([line], SMALL, COLUMNS.reference.x, sheet.at());
    sheet.move(SMALL_STEP);
  }
  sheet.move(Math.max(0, left - right - calculation.length * SMALL_STEP) + 3);
  sheet.mark({ kind: 'rule', x: PAGE.margin, y: sheet.at(), width: WIDTH, strong: false });
}
